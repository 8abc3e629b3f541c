import type { JsonSchema } from "./json-schema.js";
import { typeName } from "./type-name.js";

/**
 * Renders a JSON Schema as a Markdown reference: a table of the keys of each mapping, the top of the file first and
 * every definition once, in the order in which a reader meets them.
 */
export function renderReference(schema: JsonSchema, title: string): string {
  const definitions = (schema["$defs"] ?? {}) as Definitions;
  const order = definitionOrder(schema, definitions);
  const contents = order.map((name) => `- [${name}](#${name.toLowerCase()})`);
  const sections = order.map((name) => `## ${name}\n\n${renderSection(definitions[name] ?? {}, definitions)}`);
  const top = `# ${title}\n\n${renderSection(schema, definitions)}`;
  return [top, ...(contents.length > 0 ? [contents.join("\n")] : []), ...sections].join("\n\n").concat("\n");
}

function renderSection(schema: JsonSchema, definitions: Definitions): string {
  const description = typeof schema["description"] === "string" ? schema["description"] : "";
  return [description, renderKeys(schema, definitions), renderWays(schema)].filter((part) => part !== "").join("\n\n");
}

function renderKeys(schema: JsonSchema, definitions: Definitions): string {
  const properties = Object.entries((schema["properties"] ?? {}) as Readonly<Record<string, JsonSchema>>);
  if (properties.length === 0) return "";
  const required = (schema["required"] ?? []) as readonly string[];
  const rows = properties.map(([key, property]) => {
    const presence = required.includes(key) ? "**required**" : defaultOf(property);
    const meaning = meaningOf(property, definitions);
    return `| \`${key}\` | ${typeName(property)} | ${presence} | ${escapeCell(meaning)} |`;
  });
  return ["| key | type | default | meaning |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function defaultOf(property: JsonSchema): string {
  return "default" in property ? `\`${JSON.stringify(property["default"])}\`` : "";
}

/** The description of a key, or of the definition that it refers to. */
function meaningOf(property: JsonSchema, definitions: Definitions): string {
  const reference = String(property["$ref"] ?? "").replace(REFERENCE_PREFIX, "");
  return String(property["description"] ?? definitions[reference]?.["description"] ?? "");
}

/** The combinations of keys of which a mapping has exactly one. */
function renderWays(schema: JsonSchema): string {
  const ways = ((schema["anyOf"] ?? []) as readonly JsonSchema[]).filter((way) => "required" in way);
  if (ways.length === 0) return "";
  const families = new Map<string, string[]>();
  for (const way of ways) {
    const properties = (way["properties"] ?? {}) as Definitions;
    const family = String((properties["distribution"] ?? properties["kind"])?.["const"] ?? "");
    const keys = (way["required"] as readonly string[]).filter((key) => properties[key]?.["const"] === undefined);
    const shown = keys.map((key) => `\`${key}\``).join(" and ");
    families.set(family, [...(families.get(family) ?? []), shown]);
  }
  const lines = [...families].map(([family, shown]) => {
    const choices = shown.join(", or ");
    return family === "" ? choices : `- \`${family}\`: ${choices}`;
  });
  return ["It is given by exactly one of these combinations of keys:", "", ...lines].join("\n");
}

/** Names of the definitions, each before those that only it refers to. */
function definitionOrder(value: unknown, definitions: Definitions, order: string[] = []): readonly string[] {
  if (typeof value !== "object" || value === null) return order;
  for (const [key, item] of Object.entries(value)) {
    if (key === "$defs") continue;
    const name = key === "$ref" ? String(item).replace(REFERENCE_PREFIX, "") : undefined;
    if (name === undefined) definitionOrder(item, definitions, order);
    else if (!order.includes(name)) {
      order.push(name);
      definitionOrder(definitions[name], definitions, order);
    }
  }
  return order;
}

function escapeCell(text: string): string {
  return text.replaceAll("|", "\\|");
}

type Definitions = Readonly<Record<string, JsonSchema>>;

const REFERENCE_PREFIX = "#/$defs/";
