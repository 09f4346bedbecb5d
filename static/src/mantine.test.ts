import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const styles = "node_modules/@mantine/core/styles";
const sources = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join("src", name), "utf8"));
const [first, later] = ["src/mantine.ts", "src/mantineLater.ts"].map((file) =>
  [...readFileSync(file, "utf8").matchAll(/styles\/([\w-]+)\.css/g)].map(
    ([, name]) => name as string,
  ),
) as [string[], string[]];
const loaded = [...first, ...later];

/** Text fields of all kinds are drawn by the styles of one. */
const family: Record<string, string> = {
  TextInput: "Input",
  Textarea: "Input",
  Select: "Combobox",
  MultiSelect: "PillsInput",
};

it("loads the styles of every Mantine component that is used", () => {
  const imports = sources.flatMap((text) => [
    ...text.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g),
  ]);
  const used = imports
    .flatMap(([, names]) => (names as string).split(","))
    .map((name) => name.trim())
    .map((name) => family[name] ?? name)
    .filter((name) => existsSync(join(styles, `${name}.css`)));
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((name) => !loaded.includes(name))).toEqual([]);
});

it.each([
  ["at first", first],
  ["later", later],
])("loads them in Mantine's order, %s", (_when, names) => {
  const all = readFileSync("node_modules/@mantine/core/styles.css", "utf8");
  const places = names
    .map((name) => readFileSync(join(styles, `${name}.css`), "utf8").trim())
    .map((text) => all.indexOf(text.slice(0, 400)));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});
