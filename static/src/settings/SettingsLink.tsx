import { Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useMe } from "../session/MeContext";
import { sectionsOf } from "./sections";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for whoever may set anything. */
export function SettingsLink({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  const [first] = sectionsOf(useMe());
  if (!first) return null;
  return (
    <Link
      href={first.path}
      className={className}
      title={t("inbox.settings")}
      aria-current={path.startsWith("/settings") ? "page" : undefined}
    >
      <Settings size={16} aria-hidden="true" />
      <span className={labelClass}>{t("inbox.settings")}</span>
    </Link>
  );
}
