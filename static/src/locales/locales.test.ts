import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import i18n from "../i18n";

const HERE = join(__dirname);
const SOURCE = join(__dirname, "..");
const PLURAL = /_(zero|one|two|few|many|other)$/;

type Tree = { [key: string]: string | Tree };

function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

function wordsOf(locale: string): Map<string, string> {
  const files = readdirSync(join(HERE, locale));
  return new Map(
    files.flatMap((file) => flatten(JSON.parse(readFileSync(join(HERE, locale, file), "utf8")))),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.includes(".test.") ? [path] : [];
  });
}

const zh = wordsOf("zh-Hant");
const en = wordsOf("en");
const code = sources(SOURCE)
  .map((path) => readFileSync(path, "utf8"))
  .join("\n");
const bare = (key: string) => key.replace(PLURAL, "");
const keysOf = (words: Map<string, string>) => [...new Set([...words.keys()].map(bare))].sort();

describe("the words", () => {
  it("are there in both languages", () => {
    expect(keysOf(en)).toEqual(keysOf(zh));
  });

  it("take the same values in both languages", () => {
    const slots = (text: string) => [...text.matchAll(/{{(\w+)/g)].map((match) => match[1]).sort();
    const differing = [...zh].filter(([key, text]) => {
      const other = en.get(key) ?? en.get(`${bare(key)}_other`) ?? "";
      return slots(text).join() !== slots(other).join();
    });
    expect(differing).toEqual([]);
  });

  it("exist for every t(…) literal", () => {
    const used = [...code.matchAll(/\bt\(\s*(?:\w+ \? )?"([\w.]+)"(?: : "([\w.]+)")?/g)].flatMap(
      (match) => [match[1], match[2]].filter((key) => key !== undefined),
    );
    const known = new Set(keysOf(zh));
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((key) => !known.has(key))).toEqual([]);
  });

  it("exist for every pattern built from values", () => {
    const used = [...code.matchAll(/\bt\(\s*`([^`]+)`/g)].map((match) => match[1] ?? "");
    const keys = keysOf(zh);
    const missing = used.filter((pattern) => {
      const shape = pattern.split(/\$\{[^}]*\}/).map((part) => part.replaceAll(".", "\\."));
      const regex = new RegExp(`^${shape.join("[\\w.-]+")}$`);
      return !keys.some((key) => regex.test(key));
    });
    expect(used.length).toBeGreaterThan(5);
    expect(missing).toEqual([]);
  });

  it("in Chinese use full-width punctuation beside Chinese characters", () => {
    const half = [...zh].filter(([, text]) =>
      /[\u4e00-\u9fff][,;:?!()]|[,;:?!(][\u4e00-\u9fff]/.test(text),
    );
    expect(half).toEqual([]);
  });

  it("keep a Latin name off the Chinese words around it, and a Chinese one not", () => {
    const t = i18n.getFixedT("zh-Hant");
    const said = ["Cheung Hoi Lam", "王小明", "林 Amy"].map((name) =>
      t("inbox.resolvedToast", { name }),
    );
    expect(said).toEqual([
      "已解決與 Cheung Hoi Lam 的對話",
      "已解決與王小明的對話",
      "已解決與林 Amy 的對話",
    ]);
    const tight = [...zh].filter(([, text]) =>
      /[\u4e00-\u9fff]{{name}}|{{name}}[\u4e00-\u9fff]/.test(text),
    );
    expect(tight).toEqual([]);
  });

  it("are not left unused", () => {
    // Asked for at once, or handed on as a command's or a notice's words.
    const built = /\b(?:t\(|words(?::| =).*?)\s*`([^`$]*)\$\{/g;
    const prefixes = [...code.matchAll(built)].map((match) => match[1] ?? "");
    const unused = keysOf(zh).filter(
      (key) =>
        !/^(thread|composer|compose)\./.test(key) &&
        !code.includes(`"${key}"`) &&
        !prefixes.some((prefix) => prefix !== "" && key.startsWith(prefix)),
    );
    expect(unused).toEqual([]);
  });
});
