// What is asked for when a message of a kind is put together. The limits are WhatsApp's own (Meta: interactive
// messages); the server checks them again, here they spare the wait.
import { codePoints } from "../../thread/text/script";

interface Named {
  name: string;
  required?: boolean;
}

export type Field =
  | (Named & { kind: "line" | "words" | "link"; max: number })
  | (Named & { kind: "number"; least: number; most: number })
  /** Short texts, one under the other. */
  | (Named & { kind: "lines"; max: number; most: number })
  /** An object of its own. */
  | (Named & { kind: "part"; fields: readonly Field[] })
  /** Objects of one shape; `unique` names what must differ in each. */
  | (Named & {
      kind: "group";
      fields: readonly Field[];
      least: number;
      most: number;
      unique?: string;
      /** Names that are needed only where there are several. */
      neededIfMany?: string;
      /** How many there may be of what each holds, in all of them together. */
      total?: { of: string; most: number };
    });

export type Values = Record<string, unknown>;

export interface Problem {
  /** A key under `compose.problem`. */
  code: "required" | "tooLong" | "tooMany" | "notALink" | "notANumber" | "repeated";
  n?: number;
}

/** By the place of the value, like `sections.0.rows.1.title`. */
export type Problems = Record<string, Problem>;

export function textAt(values: Values, name: string): string {
  const value = values[name];
  return value === undefined || value === null ? "" : String(value);
}

export function groupAt(values: Values, name: string): Values[] {
  const value = values[name];
  return Array.isArray(value) ? (value as Values[]) : [];
}

export function linesAt(values: Values, name: string): string[] {
  const value = values[name];
  return Array.isArray(value) ? (value as string[]) : [];
}

export function partAt(values: Values, name: string): Values {
  const value = values[name];
  return value && typeof value === "object" && !Array.isArray(value) ? (value as Values) : {};
}

function wrongText(field: Extract<Field, { max: number }>, text: string): Problem | null {
  if (codePoints(text) > field.max) return { code: "tooLong", n: field.max };
  if (field.kind === "link" && !/^https?:\/\/[^\s/]\S*$/.test(text)) return { code: "notALink" };
  return null;
}

function wrongNumber(field: Extract<Field, { kind: "number" }>, text: string): Problem | null {
  const value = Number(text);
  const fits = Number.isFinite(value) && value >= field.least && value <= field.most;
  return fits ? null : { code: "notANumber" };
}

function ofLines(field: Extract<Field, { kind: "lines" }>, values: Values, at: string): Problems {
  const lines = linesAt(values, field.name).map((line) => line.trim());
  if (field.required && !lines.some(Boolean)) return { [`${at}.0`]: { code: "required" } };
  const long = lines.flatMap((line, index) =>
    codePoints(line) > field.max
      ? [[`${at}.${index}`, { code: "tooLong", n: field.max }] as const]
      : [],
  );
  return Object.fromEntries(long);
}

function ofGroup(field: Extract<Field, { kind: "group" }>, values: Values, at: string): Problems {
  const rows = groupAt(values, field.name);
  const found: Problems = {};
  const { total } = field;
  const all = total ? rows.reduce((sum, row) => sum + groupAt(row, total.of).length, 0) : 0;
  if (total && all > total.most) found[at] = { code: "tooMany", n: total.most };
  const seen = new Set<string>();
  rows.forEach((row, index) => {
    const here = `${at}.${index}`;
    Object.assign(found, problemsOf(field.fields, row, here));
    const needed = field.neededIfMany;
    if (needed && rows.length > 1 && !textAt(row, needed).trim())
      found[`${here}.${needed}`] = { code: "required" };
    const mark = field.unique ? textAt(row, field.unique).trim() : "";
    if (mark && seen.has(mark)) found[`${here}.${field.unique}`] = { code: "repeated" };
    seen.add(mark);
  });
  return found;
}

function problemsOf(fields: readonly Field[], values: Values, prefix = ""): Problems {
  const found: Problems = {};
  for (const field of fields) {
    const at = prefix ? `${prefix}.${field.name}` : field.name;
    if (field.kind === "part")
      Object.assign(found, problemsOf(field.fields, partAt(values, field.name), at));
    else if (field.kind === "lines") Object.assign(found, ofLines(field, values, at));
    else if (field.kind === "group") Object.assign(found, ofGroup(field, values, at));
    else {
      const text = textAt(values, field.name).trim();
      const wrong = text
        ? field.kind === "number"
          ? wrongNumber(field, text)
          : wrongText(field, text)
        : null;
      if (wrong) found[at] = wrong;
      else if (!text && field.required) found[at] = { code: "required" };
    }
  }
  return found;
}

/** What is wrong, by place; empty when it may be sent. */
export function findProblems(fields: readonly Field[], values: Values): Problems {
  return problemsOf(fields, values);
}

/** The values as they are sent: trimmed, numbers as numbers, without what was left empty. */
export function cleaned(fields: readonly Field[], values: Values): Values {
  const found: Values = {};
  for (const field of fields) {
    const value = cleanedOne(field, values);
    if (value !== undefined) found[field.name] = value;
  }
  return found;
}

function cleanedOne(field: Field, values: Values): unknown {
  if (field.kind === "group")
    return groupAt(values, field.name).map((row) => cleaned(field.fields, row));
  if (field.kind === "part") return cleaned(field.fields, partAt(values, field.name));
  if (field.kind === "lines") {
    return linesAt(values, field.name)
      .map((line) => line.trim())
      .filter(Boolean);
  }
  const text = textAt(values, field.name).trim();
  if (!text) return undefined;
  return field.kind === "number" ? Number(text) : text;
}

/** What an empty form holds: as many rows as there must be. */
export function emptyValues(fields: readonly Field[]): Values {
  const found: Values = {};
  for (const field of fields) {
    if (field.kind === "part") found[field.name] = emptyValues(field.fields);
    if (field.kind === "lines") found[field.name] = [""];
    if (field.kind === "group") {
      const rows = Math.max(1, field.least);
      found[field.name] = Array.from({ length: rows }, () => emptyValues(field.fields));
    }
  }
  return found;
}
