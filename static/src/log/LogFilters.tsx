import { Button, NativeSelect, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../api/queries";
import type { Person } from "../api/types";
import { useMe } from "../session/MeContext";
import type { Filters } from "./filters";
import styles from "./Log.module.css";
import { GROUPS } from "./pageWords";

interface FiltersProps {
  filters: Filters;
  onChange: (change: Filters) => void;
}

export function LogFilters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: people = [] } = usePeople();
  const pick = (name: keyof Filters) => (event: { currentTarget: { value: string } }) =>
    onChange({ [name]: event.currentTarget.value });
  return (
    <section className={styles.filters} aria-label={t("log.filter.label")}>
      <Words value={filters.q ?? ""} onChange={(q) => onChange({ q })} />
      <NativeSelect
        aria-label={t("log.filter.person")}
        value={filters.person ?? ""}
        onChange={pick("person")}
        data={[
          { value: "", label: t("log.filter.anybody") },
          ...people.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <NativeSelect
        aria-label={t("log.filter.action")}
        value={filters.action ?? ""}
        onChange={pick("action")}
        data={[
          { value: "", label: t("log.filter.anything") },
          ...GROUPS.map((group) => ({ value: group, label: t(`log.group.${group}`) })),
        ]}
      />
      {me.regions.length > 1 && (
        <NativeSelect
          aria-label={t("log.filter.region")}
          value={filters.region ?? ""}
          onChange={pick("region")}
          data={[
            { value: "", label: t("log.filter.anywhere") },
            ...me.regions.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
      )}
      <TextInput
        type="date"
        aria-label={t("log.filter.from")}
        leftSectionWidth={44}
        leftSection={<span className={styles.hint}>{t("log.filter.since")}</span>}
        value={filters.from ?? ""}
        max={filters.to}
        onChange={pick("from")}
      />
      <TextInput
        type="date"
        aria-label={t("log.filter.to")}
        leftSectionWidth={44}
        leftSection={<span className={styles.hint}>{t("log.filter.until")}</span>}
        value={filters.to ?? ""}
        min={filters.from}
        onChange={pick("to")}
      />
      <Called filters={filters} people={people} onChange={onChange} />
      <Clear filters={filters} onChange={onChange} />
    </section>
  );
}

const PAUSE_MS = 350;

/** Looked for once the typing pauses. */
function Words({ value, onChange }: { value: string; onChange: (q: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => onChange(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return (
    <TextInput
      className={styles.words}
      type="search"
      maxLength={100}
      leftSection={<Search size={14} aria-hidden="true" />}
      aria-label={t("log.filter.words")}
      placeholder={t("log.filter.words")}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

const MOST_OFFERED = 3;

/** Whoever is called what was looked for: their lines alone are found however old they are. */
function Called({ filters, people, onChange }: FiltersProps & { people: Person[] }) {
  const { t } = useTranslation();
  const wanted = filters.q?.trim().toLocaleLowerCase();
  if (!wanted || filters.person) return null;
  const called = people.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return called.slice(0, MOST_OFFERED).map(({ id, name }) => (
    <Button
      key={id}
      variant="light"
      size="compact-md"
      onClick={() => onChange({ person: String(id), q: "" })}
    >
      {t("log.onlyPerson", { who: name })}
    </Button>
  ));
}

function Clear({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation();
  const names = Object.keys(filters) as (keyof Filters)[];
  if (names.length === 0) return null;
  return (
    <Button
      variant="subtle"
      size="compact-md"
      onClick={() => onChange(Object.fromEntries(names.map((name) => [name, ""])))}
    >
      {t(filters.object ? "log.filter.clearObject" : "log.filter.clear")}
    </Button>
  );
}
