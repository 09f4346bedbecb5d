import { MultiSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePeople } from "../api/queries";
import type { Level } from "../api/types";

const MENTORS: Level[] = ["senior", "supervisor", "admin"];

interface MentorsProps {
  value: string[];
  /** Nobody mentors themselves. */
  trainee: number | null;
  onChange(value: string[]): void;
}

/** Seniors of my regions; nobody chosen means those who lead trainees. */
export function MentorsField({ value, trainee, onChange }: MentorsProps) {
  const { t } = useTranslation();
  const people = usePeople().data ?? [];
  const fit = people.filter(({ id, level }) => MENTORS.includes(level) && id !== trainee);
  return (
    <MultiSelect
      label={t("coaching.mentors.label")}
      description={t("coaching.mentors.hint")}
      data={fit.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value}
      onChange={onChange}
      searchable
      nothingFoundMessage={t("coaching.nobody")}
      maxValues={10}
    />
  );
}
