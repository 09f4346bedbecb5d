import type { TFunction } from "i18next";
import i18n from "../i18n";
import type { Command } from "./registry";

export function titleOf({ name, words }: Command, t: TFunction): string {
  return name ?? t(words);
}

/** What a command is found by: its name, its words in both languages, what else it may be called. */
export function namesOf({ name, words, also = [] }: Command): string[] {
  const told = words ? [i18n.getFixedT("zh-Hant")(words), i18n.getFixedT("en")(words)] : [];
  return [...(name ? [name] : []), ...told, ...also];
}
