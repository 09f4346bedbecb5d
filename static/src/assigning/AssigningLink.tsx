import { Route } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for those who say who is given which work. */
export function AssigningLink({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const may = useMay("work.arrange");
  const [here] = useRoute("/settings/assignment");
  if (!may) return null;
  return (
    <Link
      href="/settings/assignment"
      className={className}
      title={t("inbox.assigning")}
      aria-current={here ? "page" : undefined}
    >
      <Route size={16} aria-hidden="true" />
      <span className={labelClass}>{t("inbox.assigning")}</span>
    </Link>
  );
}
