import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Segment } from "../api/types";
import { FailedNotice } from "../components/states";
import { saidByToast } from "../components/toasts";
import { ConditionEditor } from "../conditions/ConditionEditor";
import { useVocabulary } from "../conditions/queries";
import { emptyGroup, groupFromWire, isComplete, toWire } from "../conditions/tree";
import { useMe } from "../session/MeContext";
import { PersonList } from "./People";
import { useSaveSegment, useTry } from "./queries";
import styles from "./Segments.module.css";

const SETTLE_MS = 300;
const NAME_MAX = 60;
const DESCRIPTION_MAX = 500;

interface EditorProps {
  segment: Segment | null;
  regionId: number;
  onClose(): void;
}

/** A segment being written, counted while it is. */
export function SegmentEditor({ segment, regionId, onClose }: EditorProps) {
  const { t } = useTranslation();
  const [region, setRegion] = useState(regionId);
  const [name, setName] = useState(segment?.name ?? "");
  const [description, setDescription] = useState(segment?.description ?? "");
  const [group, setGroup] = useState(() =>
    segment ? groupFromWire(segment.conditions) : emptyGroup(),
  );
  const { data, isError, error, refetch } = useVocabulary(region, "contact");
  const save = useSaveSegment(segment);
  const counted = data && { ...data, facts: data.facts.filter((fact) => fact.counted) };
  const ready = counted !== undefined && isComplete(counted, group);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || name.trim() === "") return;
    save
      .mutateAsync({ region_id: region, name, description, conditions: toWire(group) })
      .then(onClose, saidByToast);
  };
  const chooseRegion = (id: number) => {
    setRegion(id);
    setGroup(emptyGroup());
  };
  return (
    <form className={styles.sheet} onSubmit={submit}>
      <h1 className={styles.title}>
        {segment ? t("segments.edit", { name: segment.name }) : t("segments.add")}
      </h1>
      {!segment && <RegionField region={region} onChange={chooseRegion} />}
      <TextInput
        label={t("segments.name")}
        required
        withAsterisk={false}
        maxLength={NAME_MAX}
        value={name}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Textarea
        label={t("segments.description")}
        autosize
        maxLength={DESCRIPTION_MAX}
        value={description}
        onChange={({ currentTarget }) => setDescription(currentTarget.value)}
      />
      <h2 className={styles.part}>{t("segments.conditions")}</h2>
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {counted && <ConditionEditor vocabulary={counted} value={group} onChange={setGroup} />}
      <LiveCount regionId={region} said={ready ? JSON.stringify(toWire(group)) : ""} />
      <div className={styles.buttons}>
        <Button type="submit" disabled={!ready || name.trim() === ""} loading={save.isPending}>
          {t("segments.save")}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
      </div>
    </form>
  );
}

function RegionField({ region, onChange }: { region: number; onChange(id: number): void }) {
  const { t } = useTranslation();
  const { regions } = useMe();
  if (regions.length < 2) return null;
  return (
    <Select
      label={t("segments.region")}
      allowDeselect={false}
      data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={String(region)}
      onChange={(value) => onChange(Number(value))}
    />
  );
}

/** How many the conditions hold of, and the first of them, shortly after they were changed. */
function LiveCount({ regionId, said }: { regionId: number; said: string }) {
  const { t, i18n } = useTranslation();
  const [settled] = useDebouncedValue(said, SETTLE_MS);
  const { data, isError, error, isFetching } = useTry(
    regionId,
    settled === "" ? null : JSON.parse(settled),
  );
  if (said === "") return <p className={styles.hint}>{t("segments.incomplete")}</p>;
  return (
    <section className={styles.live} aria-label={t("segments.preview")} aria-live="polite">
      {isError && <FailedNotice error={error} />}
      {!isError && data && (
        <>
          <p className={styles.counted} aria-busy={isFetching || settled !== said}>
            {t("segments.people_count", {
              count: data.count,
              shown: data.count.toLocaleString(i18n.language),
            })}
          </p>
          <p className={styles.reading}>{data.reading}</p>
          <PersonList people={data.people} />
        </>
      )}
      {!isError && !data && <p className={styles.faint}>{t("segments.counting")}</p>}
    </section>
  );
}
