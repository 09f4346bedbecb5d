import { CalendarClock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for those who say how soon customers are answered. */
export function SettingsLink(props: LinkProps) {
  return useMay("service.manage") ? <Shown {...props} /> : null;
}

function Shown({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [here] = useRoute("/settings/service");
  return (
    <Link
      href="/settings/service"
      className={className}
      title={t("inbox.service")}
      aria-current={here ? "page" : undefined}
    >
      <CalendarClock size={16} aria-hidden="true" />
      <span className={labelClass}>{t("inbox.service")}</span>
    </Link>
  );
}
