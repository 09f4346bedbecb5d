import { Select, TextInput } from "@mantine/core";
import type { ChangeEvent } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../api/queries";
import type { Priority, Promised } from "../api/types";
import { Tick } from "../components/Tick";
import { PRIORITIES } from "../inbox/standing/priorities";
import { Remove } from "./Remove";
import styles from "./Service.module.css";

const LONGEST_MINUTES = 43_200;
const LONGEST_HOURS = 8_760;

interface PromiseProps {
  regionId: number;
  promise: Promised;
  onChange: (promise: Promised | null) => void;
}

/** For which conversations, and how soon; an empty field promises nothing. */
export function PromiseFields({ regionId, promise, onChange }: PromiseProps) {
  const { t } = useTranslation();
  const { data: channels = [] } = useChannels();
  const here = channels.filter(({ region_id }) => region_id === regionId);
  const time = (field: "first_minutes" | "next_minutes" | "resolution_hours", max: number) => ({
    label: t(`service.promises.${field}`),
    placeholder: t("service.promises.nothing"),
    type: "number",
    size: "sm" as const,
    min: 1,
    max,
    step: 1,
    value: promise[field] ?? "",
    onChange: ({ currentTarget }: ChangeEvent<HTMLInputElement>) =>
      onChange({ ...promise, [field]: currentTarget.value ? Number(currentTarget.value) : null }),
  });
  return (
    <fieldset className={styles.promise}>
      <legend className={styles.hidden}>{t("service.promises.one")}</legend>
      <Select
        label={t("service.promises.channel")}
        placeholder={t("service.promises.every")}
        size="sm"
        clearable
        data={here.map(({ id, name }) => ({ value: id, label: name }))}
        value={promise.channel_id}
        onChange={(channel_id) => onChange({ ...promise, channel_id })}
      />
      <Select
        label={t("service.promises.priority")}
        placeholder={t("service.promises.every")}
        size="sm"
        clearable
        data={PRIORITIES.map((value) => ({ value, label: t(`inbox.priority.${value}`) }))}
        value={promise.priority}
        onChange={(priority) => onChange({ ...promise, priority: priority as Priority | null })}
      />
      <TextInput {...time("first_minutes", LONGEST_MINUTES)} />
      <TextInput {...time("next_minutes", LONGEST_MINUTES)} />
      <TextInput {...time("resolution_hours", LONGEST_HOURS)} />
      <span className={styles.within}>
        <Tick
          checked={promise.within_hours}
          onChange={(within_hours) => onChange({ ...promise, within_hours })}
        >
          {t("service.promises.within")}
        </Tick>
      </span>
      <Remove label={t("service.promises.remove")} onClick={() => onChange(null)} />
    </fieldset>
  );
}
