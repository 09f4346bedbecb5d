import { ShieldAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for those who say what makes a conversation risky. */
export function RiskSettingsLink(props: LinkProps) {
  return useMay("risk.manage") ? <Shown {...props} /> : null;
}

function Shown({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [here] = useRoute("/settings/risk");
  return (
    <Link
      href="/settings/risk"
      className={className}
      title={t("inbox.riskSettings")}
      aria-current={here ? "page" : undefined}
    >
      <ShieldAlert size={16} aria-hidden="true" />
      <span className={labelClass}>{t("inbox.riskSettings")}</span>
    </Link>
  );
}
