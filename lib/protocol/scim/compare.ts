import type { AttributeRef, Filter, Literal, Operator, Resolved } from "./filter";
import { comparedAttribute } from "./filter";
import { refuseAt, type Token } from "./filter-tokens";
import { fold, foldAddress, foldKey, foldName } from "./fold";

/** The key of a stored value: what the columns and the e-mail table hold, and what a filter compares with. */
export function storedKey(attribute: AttributeRef, text: string): string {
  if (attribute.key === "exact") return text;
  return attribute.key === "address" ? foldAddress(text) : foldKey(text);
}

// A part of a text keeps its blanks, and a part of a domain has no A-label.
function sentKey(attribute: AttributeRef, operator: Operator, text: string): string {
  const isPart = operator === "co" || operator === "sw" || operator === "ew";
  return isPart && attribute.key !== "exact" ? fold(text) : storedKey(attribute, text);
}

const operators = new Set<string>(["eq", "co", "sw", "ew", "gt", "ge", "lt", "le"]);
const isOperator = (word: string): word is Operator => operators.has(word);

const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function readLiteral(token: Token): Literal | null {
  if (token.kind === "text") return token.text;
  if (token.kind !== "word") return refuseAt(token.at, "a value is missing");
  const word = foldName(token.text);
  if (word === "true" || word === "false") return word === "true";
  if (word === "null") return null;
  if (numberPattern.test(word)) return Number(word);
  return refuseAt(token.at, "a text must stand in double quotes");
}

const datePattern = /^(\d{4}-\d\d)-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** An instant in milliseconds; without an offset it is UTC. Undefined where the text is no date. */
export function instantOf(text: string): number | undefined {
  const [, month, day, time, offset] = datePattern.exec(text.trim()) ?? [];
  // A day that the month does not have would silently become the next month's.
  const midnight = new Date(`${month}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day)) return undefined;
  const instant = Date.parse(`${month}-${day}${time ?? "T00:00"}${offset ?? "Z"}`.toUpperCase());
  return Number.isNaN(instant) ? undefined : instant;
}

function readValue(ref: AttributeRef, operator: Operator, literal: Literal, at: number) {
  if (ref.type === "boolean") {
    const word = typeof literal === "string" ? literal.trim().toLowerCase() : String(literal);
    if (word !== "true" && word !== "false") refuseAt(at, `${ref.path} is compared with true or false`);
    return word === "true";
  }
  if (ref.type === "dateTime") {
    return (
      instantOf(String(literal)) ?? refuseAt(at, `${ref.path} is compared with a date such as "2026-01-31T08:00:00Z"`)
    );
  }
  return sentKey(ref, operator, String(literal));
}

/** The term `attribute operator value`. */
export function readComparison(resolved: Resolved, operatorToken: Token, valueToken: () => Token): Filter {
  const word = foldName(operatorToken.text);
  if (operatorToken.kind === "word" && word === "pr") return { kind: "present", attribute: resolved.ref };
  const negated = word === "ne";
  const operator = negated ? "eq" : word;
  if (operatorToken.kind !== "word" || !isOperator(operator)) {
    return refuseAt(operatorToken.at, "an operator is missing (eq, ne, co, sw, ew, pr, gt, ge, lt, le)");
  }
  const token = valueToken();
  const literal = readLiteral(token);
  const { ref } = comparedAttribute(resolved);
  const present: Filter = { kind: "present", attribute: resolved.ref };
  if (literal === null || (operator === "eq" && storedKey(ref, String(literal)) === "")) {
    if (operator !== "eq") refuseAt(token.at, "null can be compared by eq and ne only");
    return negated ? present : { kind: "not", term: present };
  }
  if (ref.type === "boolean" && operator !== "eq") {
    refuseAt(operatorToken.at, `${ref.path} is true or false and can be compared by eq and ne only`);
  }
  if (ref.type === "dateTime" && (operator === "co" || operator === "sw" || operator === "ew")) {
    refuseAt(operatorToken.at, `${ref.path} is a date and can be compared by eq, ne, gt, ge, lt, le only`);
  }
  const value = readValue(ref, operator, literal, token.at);
  const term: Filter = { kind: "compare", attribute: ref, operator, value, literal };
  return negated ? { kind: "not", term } : term;
}
