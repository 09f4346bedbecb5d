import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for those who may read the log. */
export function LogLink({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [here] = useRoute("/log");
  if (!useMay("operations.see")) return null;
  return (
    <Link
      href="/log"
      className={className}
      title={t("log.title")}
      aria-current={here ? "page" : undefined}
    >
      <ScrollText size={16} aria-hidden="true" />
      <span className={labelClass}>{t("log.title")}</span>
    </Link>
  );
}
