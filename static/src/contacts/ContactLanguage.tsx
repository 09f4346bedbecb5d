import { NativeSelect } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSetLanguage } from "../api/mutations";
import type { Contact } from "../api/types";
import { useMay } from "../session/MeContext";
import styles from "./Contact.module.css";
import { EditPencil } from "./EditPencil";
import { nameOf } from "./names";

/** What Kefu itself speaks: answers that go by themselves are in one of these. */
const SPOKEN = ["zh-hant", "en"];

/** Their language, changed where it stands; what is chosen is kept at once, Escape gives up. */
export function ContactLanguage({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation();
  const mayEdit = useMay("contact.edit");
  const set = useSetLanguage(contact.id);
  const [open, setOpen] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const { language } = contact;
  const close = () => {
    setOpen(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  if (open) {
    const known = language && !SPOKEN.includes(language) ? [...SPOKEN, language] : SPOKEN;
    return (
      <NativeSelect
        size="xs"
        autoFocus
        aria-label={t("contact.language")}
        disabled={set.isPending}
        data={[
          { value: "", label: t("contact.unknown") },
          ...known.map((value) => ({
            value,
            label: nameOf("language", value, i18n.language) ?? value,
          })),
        ]}
        value={language ?? ""}
        onChange={({ currentTarget: { value } }) => set.mutate(value, { onSettled: close })}
        onKeyDown={press}
        onBlur={() => !set.isPending && setOpen(false)}
      />
    );
  }
  return (
    <span className={styles.changed}>
      {nameOf("language", language, i18n.language) ?? t("contact.none")}
      {mayEdit && (
        <EditPencil ref={pencil} label={t("contact.editLanguage")} onClick={() => setOpen(true)} />
      )}
    </span>
  );
}
