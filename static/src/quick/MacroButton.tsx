import { Zap } from "lucide-react";
import { useTranslation } from "react-i18next";
import classes from "../composer/Composer.module.css";
import { macroDialog } from "./openMacros";

/** Several steps at once, from the composer. */
export function MacroButton() {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={classes.tool}
      onClick={macroDialog.open}
      aria-label={t("quick.macro.open")}
      title={`${t("quick.macro.open")} (M)`}
    >
      <Zap size={18} />
    </button>
  );
}
