import { Button } from "@mantine/core";
import { ArrowDown, ArrowUp, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Macro } from "../../api/types";
import { FailedNotice } from "../../components/states";
import { useMacros } from "../../quick/queries";
import { stepWords } from "../../quick/stepWords";
import { useStepNames } from "../../quick/useStepNames";
import { useMe } from "../../session/MeContext";
import { Deed } from "../Deed";
import styles from "../replies/Prepared.module.css";
import { SettingsPage } from "../SettingsPage";
import { moved, useDeleteMacro, useOrderMacros } from "./changes";
import { MacroEditor } from "./MacroEditor";
import "../../quick/words";
import "../../mantineLater";

/** The macros: written, ordered, shared. */
export default function MacrosPage() {
  return (
    <SettingsPage section="macros">
      <Macros />
    </SettingsPage>
  );
}

function Macros() {
  const { t } = useTranslation();
  const query = useMacros();
  const [editing, setEditing] = useState<Macro | "new" | null>(null);
  const order = useOrderMacros();
  const macros = query.data ?? [];
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t("settings.macros.name")}</h1>
        <Button leftSection={<Plus size={15} />} onClick={() => setEditing("new")}>
          {t("settings.macros.add")}
        </Button>
      </div>
      <p className={styles.hint}>{t("settings.macros.hint")}</p>
      {query.isPending && <p className={styles.hint}>{t("quick.loading")}</p>}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data?.length === 0 && <p className={styles.hint}>{t("settings.macros.none")}</p>}
      {macros.length > 0 && (
        <ul className={styles.rows}>
          {macros.map((macro, index) => (
            <MacroRow
              key={macro.id}
              macro={macro}
              onEdit={() => setEditing(macro)}
              onMove={(by) => order.mutate(moved(macros, index, by))}
              ends={{ first: index === 0, last: index === macros.length - 1 }}
            />
          ))}
        </ul>
      )}
      {editing && (
        <MacroEditor macro={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
    </div>
  );
}

interface RowProps {
  macro: Macro;
  ends: { first: boolean; last: boolean };
  onEdit(): void;
  onMove(by: 1 | -1): void;
}

function MacroRow({ macro, ends, onEdit, onMove }: RowProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const names = useStepNames();
  const remove = useDeleteMacro();
  const { name, region_id, steps } = macro;
  const region = regions.find(({ id }) => id === region_id)?.name;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.tag}>{region ?? t("settings.place.mine")}</span>
        </div>
        <p className={styles.text}>{steps.map((step) => stepWords(step, names, t)).join(" → ")}</p>
      </div>
      {macro.editable && (
        <span className={styles.rowDeeds}>
          <Deed label={t("settings.up", { name })} off={ends.first} onClick={() => onMove(-1)}>
            <ArrowUp size={16} />
          </Deed>
          <Deed label={t("settings.down", { name })} off={ends.last} onClick={() => onMove(1)}>
            <ArrowDown size={16} />
          </Deed>
          <Deed label={t("settings.edit", { name })} onClick={onEdit}>
            <Pencil size={16} />
          </Deed>
          <Deed label={t("settings.delete", { name })} onClick={() => remove.mutate(macro)}>
            <Trash2 size={16} />
          </Deed>
        </span>
      )}
    </li>
  );
}
