import type { Finding } from "../finding.js";
import { isMapping } from "../path/is-mapping.js";
import { valueAt } from "../path/data-path.js";
import { didYouMean } from "../wording/did-you-mean.js";
import { showValue } from "../wording/show-value.js";
import { serversOf } from "./endpoints-of.js";

/** A server names a template that is there, and has endpoints by itself or from it. Reads the data as the file has them. */
export function checkTemplates(data: unknown): readonly Finding[] {
  const templates = valueAt(data, ["templates"]);
  const names = isMapping(templates) ? Object.keys(templates) : [];
  return serversOf(data).flatMap(({ server, path }) => {
    const findings: Finding[] = [];
    const name = server["template"];
    const isUnknown = typeof name === "string" && name !== "" && !names.includes(name);
    if (isUnknown) {
      const message = `must be the name of a template: current value is ${showValue(name)}${didYouMean(name, names)}`;
      findings.push({ path: [...path, "template"], at: "value", message });
    }
    const inherited = typeof name === "string" ? valueAt(templates, [name, "endpoints"]) : undefined;
    const isMissing = server["endpoints"] === undefined && inherited === undefined;
    if (isMissing && !isUnknown) findings.push({ path, at: "value", message: "missing key endpoints" });
    return findings;
  });
}
