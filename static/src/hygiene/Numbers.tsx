import { Button, Checkbox, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyUndo } from "../components/toasts";
import { useShortTime } from "../components/useShortTime";
import styles from "../imports/Imports.module.css";
import { More } from "./More";
import {
  type Figures,
  type HygieneNumber,
  type ListName,
  useNumbers,
  useSuppress,
  useUnsuppress,
} from "./queries";

/** One list: chosen in bulk, suppressed with a reason, or let go. */
export function Numbers({ name, figures }: { name: ListName; figures: Figures | undefined }) {
  const { t } = useTranslation();
  const query = useNumbers(name);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = query.data ?? [];
  const all = rows.length > 0 && rows.every(({ contact }) => chosen.has(contact.id));
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <p className={styles.hint}>
        {t(`hygiene.about.${name}`, { days: figures?.dormant_days, times: figures?.bounces })}
      </p>
      <More query={query} empty={t(`hygiene.empty.${name}`)}>
        <Checkbox
          label={t("hygiene.all")}
          checked={all}
          indeterminate={!all && chosen.size > 0}
          onChange={() =>
            setChosen(all ? new Set() : new Set(rows.map(({ contact }) => contact.id)))
          }
        />
        <Deed name={name} chosen={[...chosen]} onDone={() => setChosen(new Set())} />
        <ul className={styles.list}>
          {rows.map((row) => (
            <Row
              key={row.contact.id}
              row={row}
              checked={chosen.has(row.contact.id)}
              onToggle={() => toggle(row.contact.id)}
            />
          ))}
        </ul>
      </More>
    </>
  );
}

function Deed({ name, chosen, onDone }: { name: ListName; chosen: string[]; onDone(): void }) {
  const { t } = useTranslation();
  const suppress = useSuppress();
  const unsuppress = useUnsuppress();
  const [reason, setReason] = useState("");
  if (chosen.length === 0) return null;
  const lift = () => unsuppress.mutate(chosen, { onSuccess: onDone });
  const hold = () =>
    suppress.mutate(
      { contacts: chosen, why: name, reason },
      {
        onSuccess: () => {
          notifyUndo(t("hygiene.suppressed", { n: chosen.length }), () =>
            unsuppress.mutate(chosen),
          );
          onDone();
        },
      },
    );
  return (
    <div className={styles.fields}>
      {name === "suppressed" ? (
        <Button loading={unsuppress.isPending} onClick={lift}>
          {t("hygiene.lift", { n: chosen.length })}
        </Button>
      ) : (
        <>
          <TextInput
            label={t("hygiene.reason")}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Button loading={suppress.isPending} onClick={hold}>
            {t("hygiene.suppress", { n: chosen.length })}
          </Button>
        </>
      )}
    </div>
  );
}

interface RowProps {
  row: HygieneNumber;
  checked: boolean;
  onToggle(): void;
}

function Row({ row, checked, onToggle }: RowProps) {
  const { t } = useTranslation();
  const time = useShortTime();
  const facts = [
    row.last_seen_at
      ? t("hygiene.wrote", { time: time(row.last_seen_at) })
      : t("hygiene.neverWrote"),
    row.bounces > 0 && t("hygiene.bounces", { n: row.bounces }),
    row.suppressed_at && t("hygiene.since", { time: time(row.suppressed_at) }),
    row.by?.name,
    row.reason,
  ];
  return (
    <li className={styles.row}>
      <Checkbox aria-label={row.contact.name} checked={checked} onChange={onToggle} />
      <div className={styles.words}>
        <p className={styles.name}>{row.contact.name}</p>
        <p className={styles.hint}>{[row.contact.phone, ...facts].filter(Boolean).join(" · ")}</p>
      </div>
    </li>
  );
}
