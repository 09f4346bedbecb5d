import { Button } from "@mantine/core";
import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CustomField } from "../../card/queries";
import { FailedNotice } from "../../components/states";
import { Tick } from "../../components/Tick";
import { useMe } from "../../session/MeContext";
import { useArchive, useRestore } from "../catalogue";
import { Deed } from "../Deed";
import styles from "../replies/Prepared.module.css";
import { SettingsPage } from "../SettingsPage";
import { FIELDS, useFieldSettings, useMoveField } from "./changes";
import { FieldDialog } from "./FieldDialog";
import "../../card/words";
import "../../mantineLater";

/** What my regions want to know of their contacts. */
export default function FieldsPage() {
  return (
    <SettingsPage section="fields">
      <Fields />
    </SettingsPage>
  );
}

function Fields() {
  const { t } = useTranslation();
  const { regions } = useMe();
  const [archived, setArchived] = useState(false);
  const [open, setOpen] = useState<{ field: CustomField | null } | null>(null);
  const query = useFieldSettings(archived);
  const move = useMoveField();
  const rows = query.data ?? [];
  const swap = (field: CustomField, step: 1 | -1) => {
    const mine = rows.filter((one) => one.region_id === field.region_id && !one.archived_at);
    const at = mine.indexOf(field);
    const other = mine[at + step];
    if (!other) return;
    mine[at] = other;
    mine[at + step] = field;
    move.mutate(mine);
  };
  return (
    <div className={styles.sheet} data-keeps-focus tabIndex={-1}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t("settings.fields.name")}</h1>
        <Button leftSection={<Plus size={15} />} onClick={() => setOpen({ field: null })}>
          {t("settings.fields.add")}
        </Button>
      </div>
      <p className={styles.hint}>{t("settings.fields.hint")}</p>
      <Tick checked={archived} onChange={setArchived}>
        {t("settings.tags.showArchived")}
      </Tick>
      {query.isPending && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <p className={styles.hint}>{t("settings.fields.none")}</p>
      )}
      {regions.map((region) => {
        const there = rows.filter(({ region_id }) => region_id === region.id);
        if (there.length === 0) return null;
        return (
          <section key={region.id} aria-label={region.name}>
            {regions.length > 1 && <h2 className={styles.hint}>{region.name}</h2>}
            <ul className={styles.rows}>
              {there.map((field) => (
                <FieldRow
                  key={field.id}
                  field={field}
                  busy={move.isPending}
                  onEdit={() => setOpen({ field })}
                  onMove={(step) => swap(field, step)}
                />
              ))}
            </ul>
          </section>
        );
      })}
      {open && <FieldDialog field={open.field} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface RowProps {
  field: CustomField;
  busy: boolean;
  onEdit(): void;
  onMove(step: 1 | -1): void;
}

function FieldRow({ field, busy, onEdit, onMove }: RowProps) {
  const { t } = useTranslation();
  const archive = useArchive(FIELDS);
  const restore = useRestore(FIELDS);
  const name = field.label;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.tag}>{t(`settings.fields.type.${field.type}`)}</span>
          {field.required && <span className={styles.tag}>{t("card.missing")}</span>}
          {field.archived_at && <span className={styles.tag}>{t("settings.tags.isArchived")}</span>}
        </div>
        <p className={styles.figures}>
          <code>{field.key}</code>
          {field.options.length > 0 && ` · ${field.options.map(({ label }) => label).join("、")}`}
          {!field.filterable && ` · ${t("settings.fields.sealed")}`}
        </p>
      </div>
      <span className={styles.rowDeeds}>
        {field.archived_at ? (
          <Deed
            label={t("settings.tags.restore", { name })}
            onClick={() => restore.mutate(field.id)}
          >
            <ArchiveRestore size={16} />
          </Deed>
        ) : (
          <>
            <Deed label={t("settings.fields.up", { name })} off={busy} onClick={() => onMove(-1)}>
              <ArrowUp size={16} />
            </Deed>
            <Deed label={t("settings.fields.down", { name })} off={busy} onClick={() => onMove(1)}>
              <ArrowDown size={16} />
            </Deed>
            <Deed label={t("settings.edit", { name })} onClick={onEdit}>
              <Pencil size={16} />
            </Deed>
            <Deed
              label={t("settings.tags.archive", { name })}
              onClick={() => archive.mutate(field)}
            >
              <Archive size={16} />
            </Deed>
          </>
        )}
      </span>
    </li>
  );
}
