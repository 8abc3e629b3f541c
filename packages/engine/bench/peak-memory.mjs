import { existsSync, readFileSync } from "node:fs";

/** Peak memory of this process [MB]. Linux keeps `maxRSS` over exec, so that it may be the parent's; its status file tells this program's own. */
export function peak_mb() {
  const status = "/proc/self/status";
  const own = existsSync(status) ? /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, "utf8")) : null;
  return (own === null ? process.resourceUsage().maxRSS : Number(own[1])) / 1024;
}
