import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Service } from "../api/types";
import { formatIn } from "../components/times";
import { Add, replaced } from "./RegionService";
import { Remove } from "./Remove";
import styles from "./Service.module.css";

type Span = Service["hours"][number];

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6];
const A_MONDAY = Date.UTC(2026, 0, 5);
const DAY = 24 * 60 * 60_000;
const USUAL = { opens: "09:00", closes: "18:00" };

interface HoursProps {
  hours: Span[];
  onChange: (hours: Span[]) => void;
}

/** The spans of each day of the week; none at all is round the clock. */
export function HoursFields({ hours, onChange }: HoursProps) {
  const { t, i18n } = useTranslation();
  const nameOf = (weekday: number) =>
    formatIn(i18n.language, "UTC", { weekday: "long" }).format(A_MONDAY + weekday * DAY);
  const usual = () => onChange(WEEKDAYS.slice(0, 5).map((weekday) => ({ weekday, ...USUAL })));
  if (hours.length === 0) {
    return (
      <>
        <p>{t("service.hours.always")}</p>
        <Add onClick={usual}>{t("service.hours.set")}</Add>
      </>
    );
  }
  return (
    <ul className={styles.days}>
      {WEEKDAYS.map((weekday) => (
        <li key={weekday} className={styles.day}>
          <span className={styles.dayName}>{nameOf(weekday)}</span>
          <span className={styles.spans}>
            {hours.map((span, index) =>
              span.weekday === weekday ? (
                <SpanFields
                  // biome-ignore lint/suspicious/noArrayIndexKey: rows without ids of their own, never reordered
                  key={index}
                  day={nameOf(weekday)}
                  span={span}
                  onChange={(next) => onChange(replaced(hours, index, next))}
                />
              ) : null,
            )}
            <Add onClick={() => onChange([...hours, { weekday, ...USUAL }])}>
              {t("service.hours.add")}
            </Add>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface SpanProps {
  day: string;
  span: Span;
  onChange: (span: Span | null) => void;
}

function SpanFields({ day, span, onChange }: SpanProps) {
  const { t } = useTranslation();
  return (
    <span className={styles.span}>
      <TextInput
        type="time"
        size="sm"
        required
        aria-label={t("service.hours.opens", { day })}
        value={span.opens}
        onChange={(event) => onChange({ ...span, opens: event.currentTarget.value })}
      />
      <span aria-hidden="true">–</span>
      <TextInput
        type="time"
        size="sm"
        required
        aria-label={t("service.hours.closes", { day })}
        value={span.closes}
        onChange={(event) => onChange({ ...span, closes: event.currentTarget.value })}
      />
      <Remove label={t("service.hours.remove", { day })} onClick={() => onChange(null)} />
    </span>
  );
}
