import { ActionIcon, NativeSelect, TextInput } from "@mantine/core";
import { Pencil } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import styles from "../contacts/Contact.module.css";
import { useMay } from "../session/MeContext";
import cardStyles from "./Card.module.css";
import { type Card, type FieldOnCard, useSetField } from "./queries";

/** What the region wants to know, changed where it stands: Enter keeps, Escape gives up. */
export function FieldsSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  if (card.fields.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("card.fields")}>
      <h3 className={styles.sectionTitle}>{t("card.fields")}</h3>
      <dl className={styles.facts}>
        {card.fields.map((field) => (
          <div key={field.id} className={styles.fact}>
            <dt>{field.label}</dt>
            <dd>
              <FieldValue contactId={card.contact.id} field={field} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function FieldValue({ contactId, field }: { contactId: string; field: FieldOnCard }) {
  const { t } = useTranslation();
  const may = useMay("contact.edit");
  const set = useSetField(contactId);
  const [draft, setDraft] = useState<string | null>(null);
  const pencil = useRef<HTMLButtonElement>(null);
  const close = () => {
    setDraft(null);
    set.reset();
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const keep = (value: string) => {
    if (set.isPending) return; // leaving the field is told after Enter, too
    if (value.trim() === (field.value ?? "")) return close();
    set.mutate({ id: field.id, value: value.trim() || null }, { onSuccess: close });
  };
  if (draft !== null) {
    return (
      <Editor
        field={field}
        draft={draft}
        busy={set.isPending}
        error={set.error}
        onDraft={setDraft}
        onKeep={keep}
        onClose={close}
      />
    );
  }
  return (
    <span className={cardStyles.value}>
      <Shown field={field} />
      {may && (
        <ActionIcon
          ref={pencil}
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t("card.edit", { name: field.label })}
          title={t("card.edit", { name: field.label })}
          onClick={() => setDraft(field.value ?? "")}
        >
          <Pencil size={13} />
        </ActionIcon>
      )}
    </span>
  );
}

function Shown({ field }: { field: FieldOnCard }) {
  const { t } = useTranslation();
  const { type, value, required, options } = field;
  if (value === null) {
    return (
      <span className={cardStyles.unset} data-missing={required || undefined}>
        {t(required ? "card.missing" : "card.unset")}
      </span>
    );
  }
  if (type === "boolean") return <span>{t(value === "true" ? "card.yes" : "card.no")}</span>;
  if (type === "choice") {
    return <bdi>{options.find(({ key }) => key === value)?.label ?? value}</bdi>;
  }
  if (type === "url") {
    return (
      <a href={value} target="_blank" rel="noreferrer noopener" className={cardStyles.link}>
        {value}
      </a>
    );
  }
  return <bdi className={type === "text" ? undefined : styles.number}>{value}</bdi>;
}

interface EditorProps {
  field: FieldOnCard;
  draft: string;
  busy: boolean;
  error: Error | null;
  onDraft(value: string): void;
  onKeep(value: string): void;
  onClose(): void;
}

const INPUT: Record<string, { type: string; inputMode?: "decimal" | "url" }> = {
  number: { type: "text", inputMode: "decimal" },
  date: { type: "date" },
  url: { type: "url", inputMode: "url" },
};

function Editor({ field, draft, busy, error, onDraft, onKeep, onClose }: EditorProps) {
  const { t } = useTranslation();
  const refusal = error instanceof ApiError ? error.message : error && t("error.unknown");
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") onKeep(draft);
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
  };
  const shared = {
    size: "xs",
    autoFocus: true,
    "aria-label": field.label,
    disabled: busy,
    error: refusal,
    onKeyDown: press,
  } as const;
  if (field.type === "choice" || field.type === "boolean") {
    const options =
      field.type === "choice"
        ? field.options.map(({ key, label }) => ({ value: key, label }))
        : [
            { value: "true", label: t("card.yes") },
            { value: "false", label: t("card.no") },
          ];
    return (
      <NativeSelect
        {...shared}
        data={[{ value: "", label: t("card.unset") }, ...options]}
        value={draft}
        onChange={(event) => {
          onDraft(event.currentTarget.value);
          onKeep(event.currentTarget.value);
        }}
        onBlur={() => onKeep(draft)}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      {...INPUT[field.type]}
      value={draft}
      maxLength={1000}
      onChange={(event) => onDraft(event.currentTarget.value)}
      onBlur={() => onKeep(draft)}
    />
  );
}
