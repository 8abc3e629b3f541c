import { Composer, Lexer, LineCounter, Parser, type CST, type Document } from "yaml";
import type { Problem } from "../problem.js";
import { locateNothing, makeLocate, type Locate } from "./locate.js";
import { survey } from "./survey.js";

/** Longest text that is read [characters]. */
export const MAX_TEXT_LENGTH: number = 4 * 1024 * 1024;

/** Deepest nesting of mappings and lists; a scenario needs about ten, and up to four for each level of steps in steps. */
export const MAX_DEPTH = 160;

/** Most aliases in a text: expanding them costs the square of their number. */
export const MAX_ALIASES = 10_000;

/** Most values that aliases may expand a text to. */
export const MAX_EXPANDED_SIZE = 200_000;

/** What came of reading a text: either data or problems. */
export interface YamlReading {
  /** Plain data; undefined when there are problems. */
  readonly data: unknown;
  readonly problems: readonly Problem[];
  readonly locate: Locate;
}

/**
 * Reads one YAML document into plain data: YAML 1.2 with the merge keys of 1.1. Whatever the text, it answers with
 * data or problems in time and memory that its length bounds, and never throws.
 */
export function readYaml(text: string, file: string): YamlReading {
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `text must be at most ${MAX_TEXT_LENGTH} characters long: current value is ${text.length}`;
    return refusal([{ file, line: 0, column: 0, path: "", message }]);
  }
  const lineCounter = new LineCounter();
  const problemAt = (offset: number, message: string): Problem => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col, path: "", message };
  };
  const tokens = tokenise(text, lineCounter);
  if (!Array.isArray(tokens)) {
    return refusal([problemAt(tokens.offset, `nesting must be at most ${MAX_DEPTH} levels deep`)]);
  }
  const documents = compose(tokens, text.length);
  const [document, second] = documents;
  const problems = documents
    .flatMap(faultsOf)
    .map(({ pos, message }) => problemAt(pos[0], `must be valid YAML: ${wording(message)}`));
  if (second !== undefined) problems.push(problemAt(second.range[0], "must be one document: a second one begins here"));
  if (problems.length > 0 || document === undefined) return refusal(problems);

  const { targets, faults: surveyed, expandedSize } = survey(document.contents);
  if (surveyed.length > 0) return refusal(surveyed.map(({ offset, message }) => problemAt(offset, message)));
  const excess = aliasExcess(targets.size, expandedSize);
  if (excess !== undefined) return refusal([problemAt(0, excess)]);
  const locate = makeLocate({ contents: document.contents, lineCounter, targets });
  return { data: document.toJS({ maxAliasCount: -1 }), problems: [], locate };
}

interface Fault {
  readonly pos: readonly [number, number];
  readonly message: string;
}

/** The first place where the text is no YAML: what the parser finds after it, dozens of tokens out of place, mostly follows from that. */
function faultsOf({ errors, warnings }: Document.Parsed): readonly Fault[] {
  const [first] = errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  return first === undefined ? warnings : [first];
}

/** What the parser says in words of its own. */
function wording(message: string): string {
  const opening = /^Unexpected flow-(seq|map)-start at node end$/.exec(message)?.[1];
  if (opening === undefined) return message;
  return `a text with ${opening === "seq" ? "brackets" : "braces"} must stand in quotes here, such as a path: "nodes.servers[api].id"`;
}

function refusal(problems: readonly Problem[]): YamlReading {
  return { data: undefined, problems, locate: locateNothing };
}

function aliasExcess(aliases: number, expandedSize: number): string | undefined {
  if (aliases > MAX_ALIASES) return `aliases must be at most ${MAX_ALIASES}: current number is ${aliases}`;
  if (aliases === 0 || expandedSize <= MAX_EXPANDED_SIZE) return undefined;
  return `aliases must not expand to more than ${MAX_EXPANDED_SIZE} values: current number is ${expandedSize}`;
}

/** The tokens of a text, or the offset where it is nested too deep for the recursion of what follows. */
function tokenise(text: string, lineCounter: LineCounter): CST.Token[] | { readonly offset: number } {
  const parser = new Parser(lineCounter.addNewLine);
  const tokens: CST.Token[] = [];
  lineCounter.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > MAX_DEPTH + 1) return { offset: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/** At most two documents: the second one is a problem already. */
function compose(tokens: readonly CST.Token[], endOffset: number): Document.Parsed[] {
  const composer = new Composer({ version: "1.2", merge: true, uniqueKeys: false, prettyErrors: false });
  const documents: Document.Parsed[] = [];
  for (const document of composer.compose(tokens, true, endOffset)) {
    documents.push(document);
    if (documents.length === 2) break;
  }
  return documents;
}
