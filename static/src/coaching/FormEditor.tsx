import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Criterion } from "../api/types";
import { useMe } from "../session/MeContext";
import { FormDialog } from "./FormDialog";
import review from "./Review.module.css";
import { useForms, useReviewDeed } from "./reviewQueries";

type Row = Pick<Criterion, "key" | "name" | "hint" | "kind" | "own">;

/** What a region judges finished cases by. */
export function FormEditor({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const me = useMe();
  const forms = useForms(true).data;
  const [region, setRegion] = useState(me.regions[0]?.id ?? 0);
  const [changed, setChanged] = useState<Row[] | null>(null);
  const deed = useReviewDeed();
  const rows: Row[] =
    changed ?? forms?.find(({ region_id }) => region_id === region)?.criteria ?? [];
  const change = (at: number, part: Partial<Row>) =>
    setChanged(rows.map((row, place) => (place === at ? { ...row, ...part } : row)));
  const send = () => {
    const criteria = rows.map(({ key, own, hint, kind }) => ({ key, name: own, hint, kind }));
    deed.mutate({ deed: "form", region_id: region, criteria }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t("coaching.criteria.title")}
      send={t("action.save")}
      ready={changed !== null && rows.length > 0 && rows.every((row) => row.name.trim() || row.own)}
      busy={deed.isPending}
      error={deed.error}
      size="lg"
      onSend={send}
      onClose={onClose}
    >
      {me.regions.length > 1 && (
        <Select
          label={t("coaching.draw.region")}
          data={me.regions.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={String(region)}
          onChange={(value) => {
            setRegion(Number(value));
            setChanged(null);
          }}
        />
      )}
      {rows.map((row, at) => (
        <CriterionRow
          key={row.key}
          row={row}
          onChange={(part) => change(at, part)}
          onRemove={() => setChanged(rows.filter((_, place) => place !== at))}
        />
      ))}
      <Button
        variant="default"
        leftSection={<Plus size={14} />}
        onClick={() =>
          setChanged([...rows, { key: freshKey(rows), name: "", own: "", hint: "", kind: "scale" }])
        }
      >
        {t("coaching.criteria.add")}
      </Button>
    </FormDialog>
  );
}

/** Marks are kept by it; its name may change. */
function freshKey(rows: Row[]): string {
  const taken = new Set(rows.map(({ key }) => key));
  let number = rows.length + 1;
  while (taken.has(`own_${number}`)) number += 1;
  return `own_${number}`;
}

interface RowProps {
  row: Row;
  onChange(part: Partial<Row>): void;
  onRemove(): void;
}

function CriterionRow({ row, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const kinds = ["scale", "pass"] as const;
  return (
    <div className={review.criterion}>
      <TextInput
        aria-label={t("coaching.criteria.name")}
        placeholder={t("coaching.criteria.name")}
        maxLength={60}
        value={row.name}
        onChange={(event) => {
          const name = event.currentTarget.value;
          onChange({ name, own: name });
        }}
      />
      <Select
        aria-label={t("coaching.criteria.kind")}
        data={kinds.map((kind) => ({ value: kind, label: t(`coaching.criteria.${kind}`) }))}
        value={row.kind}
        onChange={(kind) => kind && onChange({ kind: kind as Row["kind"] })}
        allowDeselect={false}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={t("coaching.criteria.remove", { name: row.name })}
        onClick={onRemove}
      >
        <Trash2 size={16} />
      </ActionIcon>
    </div>
  );
}
