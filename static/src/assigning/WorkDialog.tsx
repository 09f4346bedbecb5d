import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Work } from "../api/types";
import styles from "./Assigning.module.css";
import { useSetWork, type WorkChange } from "./queries";

const OFFERED = ["zh", "en", "ja", "ko", "vi", "th", "id", "ms", "tl", "fr", "de", "es", "pt"];
const MOST = 500;

/** Words with commas of either script between them. */
export function wordsIn(text: string): string[] {
  return text
    .split(/[,，、\n]/)
    .map((word) => word.trim())
    .filter(Boolean);
}

/** Empty: the usual one. Null is no number that can be a capacity. */
export function capacityIn(text: string): { capacity: number | null } | null {
  if (text.trim() === "") return { capacity: null };
  const capacity = Number(text);
  return Number.isInteger(capacity) && capacity >= 0 && capacity <= MOST ? { capacity } : null;
}

export function WorkDialog({ person, onClose }: { person: Work; onClose: () => void }) {
  const { t } = useTranslation();
  const save = useSetWork(onClose);
  const [languages, setLanguages] = useState(person.languages);
  const [skills, setSkills] = useState(person.skills.join(t("assigning.comma")));
  const [capacity, setCapacity] = useState(person.capacity?.toString() ?? "");
  const [tried, setTried] = useState(false);
  const given = capacityIn(capacity);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!given) return;
    const change: WorkChange = { languages, skills: wordsIn(skills), capacity: given.capacity };
    save.mutate({ id: person.id, change });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("assigning.work.title", { name: person.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <Languages chosen={languages} own={person.own_language} onChange={setLanguages} />
        <TextInput
          label={t("assigning.people.skills")}
          description={t("assigning.work.skillsHint")}
          value={skills}
          onChange={(event) => setSkills(event.currentTarget.value)}
        />
        <TextInput
          label={t("assigning.work.capacity")}
          description={t("assigning.work.capacityHint", { usual: person.usual_capacity })}
          inputMode="numeric"
          value={capacity}
          placeholder={String(person.usual_capacity)}
          error={tried && !given ? t("assigning.work.capacityWrong", { most: MOST }) : undefined}
          onChange={(event) => setCapacity(event.currentTarget.value)}
        />
        <div className={styles.buttons}>
          <Button variant="default" onClick={onClose}>
            {t("assigning.work.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("assigning.work.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface LanguagesProps {
  chosen: string[];
  own: string;
  onChange: (chosen: string[]) => void;
}

function Languages({ chosen, own, onChange }: LanguagesProps) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames(i18n.language, { type: "language" });
  const offered = [...OFFERED, ...chosen.filter((code) => !OFFERED.includes(code))];
  const toggle = (code: string) =>
    onChange(chosen.includes(code) ? chosen.filter((one) => one !== code) : [...chosen, code]);
  return (
    <fieldset className={styles.languages}>
      <legend>{t("assigning.people.languages")}</legend>
      <p className={styles.hint}>
        {t("assigning.work.languagesHint", { own: names.of(own) ?? own })}
      </p>
      <div className={styles.choices}>
        {offered.map((code) => (
          <label key={code} className={styles.check}>
            <input type="checkbox" checked={chosen.includes(code)} onChange={() => toggle(code)} />
            {names.of(code) ?? code}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
