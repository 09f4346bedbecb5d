import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Service } from "../api/types";
import { dayIn } from "../components/times";
import { Add, replaced } from "./RegionService";
import { Remove } from "./Remove";
import styles from "./Service.module.css";

type Holiday = Service["holidays"][number];

const NAME_MAX = 80;
const DAY = 24 * 60 * 60_000;

interface HolidaysProps {
  holidays: Holiday[];
  onChange: (holidays: Holiday[]) => void;
}

/** Days on which nobody is served. */
export function HolidayFields({ holidays, onChange }: HolidaysProps) {
  const { t } = useTranslation();
  const add = () => onChange([...holidays, { on: nextFree(holidays), name: "" }]);
  return (
    <>
      {holidays.map((holiday, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without ids of their own, never reordered
        <span className={styles.span} key={index}>
          <TextInput
            type="date"
            size="sm"
            required
            aria-label={t("service.holidays.on")}
            value={holiday.on}
            onChange={(event) =>
              onChange(replaced(holidays, index, { ...holiday, on: event.currentTarget.value }))
            }
          />
          <TextInput
            className={styles.grow}
            size="sm"
            maxLength={NAME_MAX}
            aria-label={t("service.holidays.name")}
            placeholder={t("service.holidays.name")}
            value={holiday.name}
            onChange={(event) =>
              onChange(replaced(holidays, index, { ...holiday, name: event.currentTarget.value }))
            }
          />
          <Remove
            label={t("service.holidays.remove")}
            onClick={() => onChange(replaced(holidays, index, null))}
          />
        </span>
      ))}
      <Add onClick={add}>{t("service.holidays.add")}</Add>
    </>
  );
}

/** The first day from tomorrow on that is none yet: each may be there once. */
function nextFree(holidays: Holiday[]): string {
  const taken = new Set(holidays.map(({ on }) => on));
  let moment = Date.now() + DAY;
  while (taken.has(dayIn(new Date(moment), "UTC"))) moment += DAY;
  return dayIn(new Date(moment), "UTC");
}
