import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import quick from "../quick/Quick.module.css";

/** A refusal that is about no field of the form. A second factor is set up in another tab: what was typed stays. */
export function FormRefusal({ error }: { error: Error }) {
  const { t } = useTranslation();
  const told = error instanceof ApiError ? [error.message, error.remedy] : [t("error.unknown")];
  return (
    <p role="alert" className={quick.refusal}>
      {told.filter(Boolean).join(" ")}
      {error instanceof ApiError && error.code === "second_factor_missing" && (
        <>
          {" "}
          <a href="/settings/security" target="_blank" rel="noreferrer">
            {t("action.setUpFactor")}
          </a>
        </>
      )}
    </p>
  );
}
