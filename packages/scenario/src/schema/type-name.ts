import type { JsonSchema } from "./json-schema.js";

/** Says in Markdown what a JSON Schema accepts: `number >= 0`, `list of [Edge](#edge)`. */
export function typeName(schema: JsonSchema): string {
  const reference = schema["$ref"];
  if (typeof reference === "string") {
    const name = reference.replace("#/$defs/", "");
    return `[${name}](#${name.toLowerCase()})`;
  }
  if ("const" in schema) return `\`${JSON.stringify(schema["const"])}\``.replaceAll('"', "");
  const choices = schema["enum"];
  if (Array.isArray(choices)) return choices.map((choice) => `\`${choice}\``).join(", ");
  const alternatives = schema["anyOf"];
  if (Array.isArray(alternatives)) return alternatives.map((one: JsonSchema) => typeName(one)).join(" or ");
  return plainTypeName(schema);
}

function plainTypeName(schema: JsonSchema): string {
  switch (schema["type"]) {
    case "array":
      if (Array.isArray(schema["prefixItems"])) {
        return `list of ${schema["prefixItems"].map((one: JsonSchema) => typeName(one)).join(", ")}`;
      }
      return `list of ${typeName((schema["items"] ?? {}) as JsonSchema)}`;
    case "object":
      return `mapping to ${typeName((schema["additionalProperties"] ?? {}) as JsonSchema)}`;
    case "string":
      return "text";
    case "boolean":
      return "`true` or `false`";
    case "null":
      return "`null`";
    case "number":
    case "integer":
      return `${schema["type"]}${bounds(schema)}`;
    default:
      return "anything";
  }
}

function bounds(schema: JsonSchema): string {
  const shown = BOUNDS.flatMap(([key, relation]) => {
    const bound = schema[key];
    return typeof bound === "number" && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? [`${relation} ${bound}`] : [];
  });
  return shown.length === 0 ? "" : ` ${shown.join(", ")}`;
}

const BOUNDS: readonly (readonly [key: string, relation: string])[] = [
  ["minimum", ">="],
  ["exclusiveMinimum", ">"],
  ["maximum", "<="],
  ["exclusiveMaximum", "<"],
];
