import { useTranslation } from "react-i18next";
import { useMe } from "../session/MeContext";
import { clockTime, dayIn, fullTime, useMinute } from "./times";

/** The time of day; with the date when it is another day. */
export function useShortTime(): (iso: string) => string {
  const { i18n } = useTranslation();
  const me = useMe();
  const now = new Date(useMinute());
  return (iso) => {
    const date = new Date(iso);
    const today = dayIn(date, me.time_zone) === dayIn(now, me.time_zone);
    return today
      ? clockTime(date, i18n.language, me.time_zone)
      : fullTime(iso, i18n.language, me.time_zone);
  };
}
