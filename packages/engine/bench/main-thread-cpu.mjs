import { readFileSync } from "node:fs";

/**
 * CPU time of the thread that calls, the main one [s]. Newer versions of Node tell; for older ones Linux does. Elsewhere it is the time
 * the event loop was not idle, which is more when other programs take the core.
 */
export function mainThreadCpu_s() {
  if (typeof process.threadCpuUsage === "function") {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1e6;
  }
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]) / 1e9;
  } catch {
    return performance.eventLoopUtilization().active / 1000;
  }
}
