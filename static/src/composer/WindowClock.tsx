import { Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "./Composer.module.css";
import { hoursAndMinutes, type WindowState } from "./windowState";

const urgentMs = 3600 * 1000;

/** How long free text may still be sent; shown only in the last hours. */
export function WindowClock({ state }: { state: WindowState }) {
  const { t } = useTranslation();
  if (state.state !== "open" || !state.soon) return null;
  const { hours, minutes } = hoursAndMinutes(state.closesInMs);
  const left =
    hours > 0
      ? t("composer.window.hours", { hours, minutes })
      : t("composer.window.minutes", { minutes });
  return (
    <span
      className={classes.clock}
      data-urgent={state.closesInMs < urgentMs || undefined}
      title={t("composer.window.explain")}
    >
      <Clock size={13} /> {left}
    </span>
  );
}
