import { parseArgs } from "node:util";

/** What `--only` may name. */
export const GROUPS = {
  asyncflow: "AsyncFlow's seven scenarios with all metrics, two_servers_lb against C++",
  mm1: "M/M/1 at rho .9, a million customers",
  mmc: "M/M/4 at rho .9",
  tandem: "twenty servers in a row at rho .8",
  three_tiers: "three servers in a row with 1 ms between them",
  thousand_servers: "one load balancer over 1,000 servers",
  hold: "10 to 100,000 delays pending",
  variates: "nanoseconds for each kind of distribution",
  rates: "sweeps of small and of tiny runs",
  threads: "one sweep on one and on two threads",
  overhead: "what a sweep costs beside its runs",
  scale: "100,000 tiny runs of one point and of 2,000: dispatch and all else beside the engine, memory",
  memory: "peak memory of a run of 10 million requests",
};

const HELP = `Usage: pnpm bench [--only NAMES] [--quick] [--write-readme]

Checks every engine against theory and then times it, in turns with a C++ program where a compiler is found.

  --only NAMES     only these, separated by commas; results go to engine-partial.json
  --quick          fewer and shorter slices; results go to engine-partial.json
  --write-readme   puts the table into packages/engine/README.md
  --help           this text

NAMES:
${Object.entries(GROUPS)
  .map(([name, text]) => `  ${name.padEnd(16)} ${text}`)
  .join("\n")}
`;

/** Reads the command line; prints the help or what is wrong with it and ends the process when there is nothing to run. */
export function readOptions(words) {
  let values;
  try {
    values = parseArgs({
      args: words.filter((word) => word !== "--"),
      options: {
        only: { type: "string" },
        quick: { type: "boolean", default: false },
        "write-readme": { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    refuse(error.message);
  }
  if (values.help) {
    process.stdout.write(HELP);
    process.exit(0);
  }
  const only = values.only?.split(",").map((name) => name.trim());
  const unknown = only?.find((name) => !Object.hasOwn(GROUPS, name));
  if (unknown !== undefined)
    refuse(`--only must name some of ${Object.keys(GROUPS).join(", ")}: current value is ${unknown}`);
  const partial = only !== undefined || values.quick;
  if (partial && values["write-readme"]) refuse("--write-readme must not be used with --only or --quick");
  return {
    wants: (group) => only === undefined || only.includes(group),
    quick: values.quick,
    partial,
    writeReadme: values["write-readme"],
    rounds: values.quick ? 4 : 15,
  };
}

function refuse(rule) {
  console.error(`Cannot run the benchmark: ${rule}`);
  process.exit(2);
}
