import type { Finding } from "../finding.js";
import type { Sweep } from "../model/sweep.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showName, showNames } from "../wording/show-value.js";

/** A baseline has a value for each parameter and for nothing else. Whether it is a point is seen when there are points. */
export function checkBaseline({ baseline, parameters = {} }: Sweep): readonly Finding[] {
  if (baseline === undefined) return [];
  const names = Object.keys(parameters);
  const missing = names.filter((name) => !Object.hasOwn(baseline, name));
  const unknown = Object.keys(baseline).filter((name) => !Object.hasOwn(parameters, name));
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            path: ["baseline"],
            at: "value" as const,
            message: `must have every parameter: missing is ${showNames(missing)}`,
          },
        ]),
    ...unknown.map((name) => ({
      path: ["baseline", name],
      at: "key" as const,
      message: `unknown parameter ${showName(name)}${didYouMean(name, names)}`,
    })),
  ];
}
