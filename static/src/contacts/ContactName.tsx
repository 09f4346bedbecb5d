import { TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRenameContact } from "../api/mutations";
import { useMay } from "../session/MeContext";
import styles from "./Contact.module.css";
import { EditPencil } from "./EditPencil";

/** The name, changed where it stands: Enter keeps, Escape gives up. */
export function ContactName({ contactId, name }: { contactId: string; name: string }) {
  const { t } = useTranslation();
  const mayEdit = useMay("contact.edit");
  const rename = useRenameContact(contactId);
  const [draft, setDraft] = useState<string | null>(null);

  const pencil = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);

  const close = () => {
    // A field that goes takes the focus with it; back to where it was opened, for those at the keyboard.
    const held =
      document.activeElement === field.current || document.activeElement === document.body;
    setDraft(null);
    if (held) requestAnimationFrame(() => pencil.current?.focus());
  };
  const keep = () => {
    const next = draft?.trim();
    if (!next || next === name) return close();
    // Kept open when refused, so that what was typed is not lost.
    rename.mutate(next, { onSuccess: close });
  };
  const press = (event: KeyboardEvent) => {
    // Enter also confirms a candidate of a Chinese input method.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") keep();
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  };

  if (draft !== null) {
    return (
      <TextInput
        ref={field}
        className={styles.nameInput}
        size="sm"
        autoFocus
        maxLength={120}
        aria-label={t("contact.name")}
        value={draft}
        disabled={rename.isPending}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={keep}
      />
    );
  }
  return (
    <div className={styles.nameLine}>
      <h2 className={styles.name}>{name}</h2>
      {mayEdit && (
        <EditPencil ref={pencil} label={t("contact.editName")} onClick={() => setDraft(name)} />
      )}
    </div>
  );
}
