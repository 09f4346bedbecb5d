import { Combobox } from "@mantine/core";
import { Check, UserRound, UserRoundX } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Person } from "../api/types";
import { Avatar } from "../components/Avatar";
import { useMe } from "../session/MeContext";
import styles from "./Header.module.css";
import { mayTake } from "./permissions";

export const ME = "me";
export const NOBODY = "nobody";

/** Those who can answer in the conversation's region and match the words, available first. */
export function assignable(people: Person[], conversation: Conversation, search: string): Person[] {
  const words = search.trim().toLocaleLowerCase();
  return people
    .filter((person) => person.region_ids.includes(conversation.region_id))
    .filter((person) => person.level !== "observer")
    .filter((person) => person.name.toLocaleLowerCase().includes(words))
    .sort(availableFirst);
}

function availableFirst(a: Person, b: Person): number {
  if (a.availability === b.availability) return a.name.localeCompare(b.name);
  return a.availability === "available" ? -1 : 1;
}

interface OptionsProps {
  id: string;
  conversation: Conversation;
  people: Person[];
  search: string;
  /** After the options for these words are drawn. */
  onListed: () => void;
}

export function AssignOptions({
  id: listId,
  conversation,
  people,
  search,
  onListed,
}: OptionsProps) {
  const { t } = useTranslation();
  const me = useMe();
  const others = assignable(people, conversation, search).filter(({ id }) => id !== me.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first match is chosen whenever the words change
  useEffect(() => {
    onListed();
  }, [search, people.length]);
  return (
    <Combobox.Options id={listId} className={styles.options} aria-label={t("inbox.assignTitle")}>
      {!search && mayTake(me, conversation) && (
        <Combobox.Option value={ME} className={styles.option}>
          <UserRound size={16} aria-hidden="true" />
          {t("inbox.assignToMe")}
        </Combobox.Option>
      )}
      {!search && conversation.assignee && (
        <Combobox.Option value={NOBODY} className={styles.option}>
          <UserRoundX size={16} aria-hidden="true" />
          {t("inbox.unassign")}
        </Combobox.Option>
      )}
      {others.map((person) => (
        <PersonOption
          key={person.id}
          person={person}
          chosen={person.id === conversation.assignee?.id}
        />
      ))}
      {search && others.length === 0 && <Combobox.Empty>{t("inbox.assignNobody")}</Combobox.Empty>}
    </Combobox.Options>
  );
}

function PersonOption({ person, chosen }: { person: Person; chosen: boolean }) {
  const { t } = useTranslation();
  return (
    <Combobox.Option value={String(person.id)} className={styles.option} active={chosen}>
      <Avatar name={person.name} size={22} />
      <span className={styles.optionName}>{person.name}</span>
      <span className={styles.optionHint}>
        {person.availability === "away" && t("account.availability.away")}
      </span>
      {chosen && <Check size={15} aria-hidden="true" />}
    </Combobox.Option>
  );
}
