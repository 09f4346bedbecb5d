import { ChartNoAxesColumn } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for those who read what customers write about. */
export function KeywordsLink(props: LinkProps) {
  return useMay("keywords.see") ? <Shown {...props} /> : null;
}

function Shown({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [here] = useRoute("/keywords");
  return (
    <Link
      href="/keywords"
      className={className}
      title={t("inbox.keywords")}
      aria-current={here ? "page" : undefined}
    >
      <ChartNoAxesColumn size={16} aria-hidden="true" />
      <span className={labelClass}>{t("inbox.keywords")}</span>
    </Link>
  );
}
