import { useTranslation } from "react-i18next";
import type { ApiError } from "../api/client";
import classes from "./Composer.module.css";
import type { Sending } from "./useSend";

/** Shown from nine tenths of what WhatsApp takes. */
export function Counter({ length, max }: { length: number; max: number }) {
  const { t } = useTranslation();
  if (length < max * 0.9) return null;
  return (
    <span className={classes.counter} data-over={length > max || undefined} role="status">
      {t("composer.count", { length, max })}
    </span>
  );
}

interface TroubleProps {
  id: string;
  refusal: ApiError | null;
  sending: Sending;
}

/** What keeps the text from being sent, beside the field. */
export function Trouble({ id, refusal, sending }: TroubleProps) {
  const { t } = useTranslation();
  const words = refusal
    ? [refusal.message, refusal.remedy].filter(Boolean).join(" ")
    : sending.tooLong
      ? t("composer.tooLong", { max: sending.max })
      : sending.blocked
        ? t("composer.file.blocks")
        : sending.left.length > 0
          ? t("composer.variablesLeft", {
              names: sending.left.map((name) => `{${name}}`).join(" "),
            })
          : null;
  return (
    <div id={id} className={classes.trouble} role="alert" hidden={words === null}>
      {words}
    </div>
  );
}
