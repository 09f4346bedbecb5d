import { ActionIcon, Button, TextInput } from "@mantine/core";
import { Plus, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import styles from "./Keywords.module.css";
import { type Choice, type KeywordWord, useAddTerm, useChoose, useWords } from "./queries";

interface ListsProps {
  region: number;
  onOpen: (term: string) => void;
}

const LISTS = [
  { name: "followed", on: { followed: true }, off: { followed: false } },
  { name: "own", on: { own: true }, off: { own: false } },
  { name: "ignored", on: { ignored: true }, off: { ignored: false } },
] as const;

/** The words somebody chose: followed by the reader, the region's own, and the ignored ones. */
export function WordLists({ region, onOpen }: ListsProps) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useWords(region);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("keywords.loading")}</p>;
  return (
    <div className={styles.groups}>
      {LISTS.map(({ name, on, off }) => (
        <WordList
          key={name}
          name={name}
          region={region}
          words={data.filter((word) => word[name])}
          on={on}
          off={off}
          onOpen={onOpen}
        />
      ))}
    </div>
  );
}

interface ListProps extends ListsProps {
  name: (typeof LISTS)[number]["name"];
  words: readonly KeywordWord[];
  on: Choice;
  off: Choice;
}

function WordList({ name, region, words, on, off, onOpen }: ListProps) {
  const { t } = useTranslation();
  const choose = useChoose();
  return (
    <section className={styles.group} aria-label={t(`keywords.list.${name}.title`)}>
      <h3 className={styles.groupName}>{t(`keywords.list.${name}.title`)}</h3>
      <p className={styles.hint}>{t(`keywords.list.${name}.hint`)}</p>
      <AddWord region={region} label={t(`keywords.list.${name}.add`)} choice={on} />
      <ul className={styles.list}>
        {words.map(({ id, text }) => (
          <li key={id} className={styles.chosen}>
            <button type="button" className={styles.word} onClick={() => onOpen(id)}>
              {text}
            </button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("keywords.remove", { term: text })}
              onClick={() => choose.mutate({ id, text, choice: off })}
            >
              <X size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {words.length === 0 && <p className={styles.hint}>{t("keywords.list.none")}</p>}
    </section>
  );
}

function AddWord({ region, label, choice }: { region: number; label: string; choice: Choice }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const add = useAddTerm(region);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!text.trim()) return;
    add.mutate({ text: text.trim(), choice }, { onSuccess: () => setText("") });
  };
  return (
    <form className={styles.add} onSubmit={submit}>
      <TextInput
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={40}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={add.isPending}
        aria-label={t("keywords.add")}
      >
        <Plus size={16} />
      </Button>
    </form>
  );
}
