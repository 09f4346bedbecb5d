import type { TFunction } from "i18next";
import type { Draft } from "./queries";

/** What a column may mean, in words; custom fields have the label their region gave them. */
export function meaningWords(
  t: TFunction,
  meaning: string,
  choices: Draft["choices"] = [],
): string {
  if (!meaning) return "";
  const label = choices.find((one) => one.meaning === meaning)?.label;
  return label || t(`imports.meaning.${meaning}`, { defaultValue: meaning.replace(/^field:/, "") });
}
