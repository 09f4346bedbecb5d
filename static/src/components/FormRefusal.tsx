import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import quick from "../quick/Quick.module.css";

/** A refusal that is about no field of the form. */
export function FormRefusal({ error }: { error: Error }) {
  const { t } = useTranslation();
  const told = error instanceof ApiError ? [error.message, error.remedy] : [t("error.unknown")];
  return (
    <p role="alert" className={quick.refusal}>
      {told.filter(Boolean).join(" ")}
    </p>
  );
}
