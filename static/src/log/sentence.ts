import type { TFunction } from "i18next";
import type { Fact, Operation } from "../api/types";

/** What happened, in a sentence. A deed nobody wrote words for is told by its name. */
export function sentence(line: Operation, t: TFunction): string {
  const change = factOf(line, "change");
  const slots = {
    actor: actorWords(line, t),
    object: objectWords(line, t),
    who: line.subject.name ?? t("log.somebody"),
    to: valueWords(change?.after ?? "", t),
    from: valueWords(change?.before ?? "", t),
    action: line.action,
    name: factOf(line, "name")?.after ?? "",
    macro: factOf(line, "macro")?.after ?? "",
  };
  const words = t(`log.deed.${deedOf(line)}`, { ...slots, defaultValue: t("log.other", slots) });
  const said = words.trim();
  return said.charAt(0).toUpperCase() + said.slice(1);
}

/** Taking for oneself and giving to nobody are other deeds to people. */
function deedOf(line: Operation): string {
  const to = factOf(line, "change")?.after;
  if (line.action !== "conversation.assigned") return line.action;
  if (!to) return "conversation.unassigned";
  return to === line.actor.name ? "conversation.taken" : line.action;
}

export function actorWords({ actor }: Operation, t: TFunction): string {
  if (actor.kind === "system") return t("log.actor.system");
  if (actor.kind === "rule") return t("log.actor.rule", { who: actor.name });
  return actor.kind === "key" ? t("log.actor.key", { who: actor.name }) : actor.name;
}

/** "the conversation with Mei", or "a conversation" when one may not know with whom. */
export function objectWords({ subject }: Operation, t: TFunction): string {
  const kind = subject.kind;
  const plain = t(`log.object.${kind}.plain`, { defaultValue: kind });
  if (!subject.name) return plain;
  return t(`log.object.${kind}.named`, { name: subject.name, defaultValue: subject.name });
}

export function factOf(line: Operation, name: string): Fact | undefined {
  return line.facts.find((fact) => fact.name === name);
}

export function labelOf(fact: Fact, t: TFunction): string {
  return t(`log.fact.${fact.name}`, { defaultValue: fact.label || fact.name });
}

const OUR_WORD = /^[a-z][a-z_-]*$/;

/** Values that are words of ours, in the reader's language; anything else as it is. */
export function valueWords(value: string, t: TFunction): string {
  return OUR_WORD.test(value) ? t(`log.value.${value}`, { defaultValue: value }) : value;
}
