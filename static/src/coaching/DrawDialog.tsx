import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../api/queries";
import { useMe } from "../session/MeContext";
import styles from "./Coaching.module.css";
import { FormDialog } from "./FormDialog";
import { useReviewDeed } from "./reviewQueries";

const DAY_MS = 86_400_000;
const MONTH_DAYS = 30;
const USUAL = "5";

/** A day of this computer's own calendar, for `<input type="date">`. */
function dayOf(ms: number): string {
  const date = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 10);
}

/** Draws finished cases of somebody at random. */
export function DrawDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const me = useMe();
  const people = (usePeople().data ?? []).filter(({ id }) => id !== me.id);
  const deed = useReviewDeed();
  const [who, setWho] = useState<string | null>(null);
  const [region, setRegion] = useState(String(me.regions[0]?.id ?? ""));
  const [since, setSince] = useState(dayOf(Date.now() - MONTH_DAYS * DAY_MS));
  const [until, setUntil] = useState(dayOf(Date.now()));
  const [count, setCount] = useState(USUAL);
  const [seed, setSeed] = useState("");
  const send = () => {
    const draw = {
      person_id: Number(who),
      region_id: Number(region),
      since: new Date(`${since}T00:00`).toISOString(),
      until: new Date(new Date(`${until}T00:00`).getTime() + DAY_MS).toISOString(),
      count: Number(count),
      seed,
    };
    deed.mutate({ deed: "draw", draw }, { onSuccess: onClose });
  };
  return (
    <FormDialog
      title={t("coaching.draw.title")}
      send={t("coaching.draw.send")}
      ready={Boolean(who && region && since && until && Number(count) > 0)}
      busy={deed.isPending}
      error={deed.error}
      onSend={send}
      onClose={onClose}
    >
      <p className={styles.muted}>{t("coaching.draw.hint")}</p>
      <Select
        data-autofocus
        label={t("coaching.draw.who")}
        data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={who}
        onChange={setWho}
        searchable
        required
        nothingFoundMessage={t("coaching.nobody")}
      />
      {me.regions.length > 1 && (
        <Select
          label={t("coaching.draw.region")}
          data={me.regions.map(({ id, name }) => ({ value: String(id), label: name }))}
          value={region}
          onChange={(value) => value && setRegion(value)}
        />
      )}
      <div className={styles.pair}>
        <Day label={t("coaching.draw.since")} value={since} onChange={setSince} />
        <Day label={t("coaching.draw.until")} value={until} onChange={setUntil} />
      </div>
      <div className={styles.pair}>
        <TextInput
          type="number"
          min={1}
          max={100}
          label={t("coaching.draw.count")}
          value={count}
          onChange={(event) => setCount(event.currentTarget.value)}
        />
        <TextInput
          label={t("coaching.draw.seed")}
          description={t("coaching.draw.seedHint")}
          maxLength={64}
          value={seed}
          onChange={(event) => setSeed(event.currentTarget.value)}
        />
      </div>
    </FormDialog>
  );
}

function Day({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange(v: string): void;
}) {
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      required
    />
  );
}
