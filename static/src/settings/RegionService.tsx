import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Promised, Service } from "../api/types";
import { HolidayFields } from "./HolidayFields";
import { HoursFields } from "./HoursFields";
import { PromiseFields } from "./PromiseFields";
import styles from "./Service.module.css";
import { useSaveService } from "./useService";

const NEW_PROMISE: Promised = {
  channel_id: null,
  priority: null,
  first_minutes: 15,
  next_minutes: 60,
  resolution_hours: null,
  within_hours: true,
};

/** One region's service hours, holidays and promises, changed together. */
export function RegionService({ service }: { service: Service }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(service);
  const save = useSaveService(service.region_id);
  const changed = JSON.stringify(draft) !== JSON.stringify(service);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(draft, { onSuccess: setDraft });
  };
  const addPromise = () => setDraft({ ...draft, promises: [...draft.promises, NEW_PROMISE] });
  return (
    <form onSubmit={submit}>
      <Part title={t("service.promises.title")} hint={t("service.promises.hint")}>
        {draft.promises.map((promise, index) => (
          <PromiseFields
            // biome-ignore lint/suspicious/noArrayIndexKey: rows without ids of their own, never reordered
            key={index}
            regionId={service.region_id}
            promise={promise}
            onChange={(next) =>
              setDraft({ ...draft, promises: replaced(draft.promises, index, next) })
            }
          />
        ))}
        <Add onClick={addPromise}>{t("service.promises.add")}</Add>
      </Part>
      <Part
        title={t("service.hours.title")}
        hint={t("service.hours.hint", { zone: service.time_zone })}
      >
        <HoursFields hours={draft.hours} onChange={(hours) => setDraft({ ...draft, hours })} />
      </Part>
      <Part title={t("service.holidays.title")} hint={t("service.holidays.hint")}>
        <HolidayFields
          holidays={draft.holidays}
          onChange={(holidays) => setDraft({ ...draft, holidays })}
        />
      </Part>
      <div className={styles.deeds}>
        <Button type="submit" disabled={!changed} loading={save.isPending}>
          {t("service.save")}
        </Button>
        {changed && (
          <Button variant="default" onClick={() => setDraft(service)}>
            {t("service.discard")}
          </Button>
        )}
      </div>
    </form>
  );
}

/** With one exchanged, or without it. */
export function replaced<T>(rows: T[], index: number, next: T | null): T[] {
  return rows.flatMap((row, at) => (at !== index ? [row] : next === null ? [] : [next]));
}

export function Add({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button
      className={styles.add}
      variant="default"
      size="compact-md"
      leftSection={<Plus size={15} />}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

interface PartProps {
  title: string;
  hint: string;
  children: ReactNode;
}

function Part({ title, hint, children }: PartProps) {
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <p className={styles.hint}>{hint}</p>
      {children}
    </section>
  );
}
