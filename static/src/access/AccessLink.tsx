import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";
import { useRequestsSummary } from "./queries";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
  countClass: string | undefined;
}

/** In the rail; it counts the requests and the rights under review that wait for this person. */
export function AccessLink({ className, labelClass, countClass }: LinkProps) {
  const { t, i18n } = useTranslation();
  const mayGive = useMay("grant.give");
  const mayDecide = useMay("grant.review") || mayGive;
  const { data } = useRequestsSummary(mayDecide);
  const [here] = useRoute("/access");
  const waiting = (data?.waiting ?? 0) + (data?.to_review ?? 0);
  return (
    <Link
      href="/access"
      className={className}
      title={t("access.title")}
      aria-current={here ? "page" : undefined}
    >
      <KeyRound size={16} aria-hidden="true" />
      <span className={labelClass}>{t("access.title")}</span>
      <span className={countClass}>
        {waiting > 0 && new Intl.NumberFormat(i18n.language).format(waiting)}
      </span>
    </Link>
  );
}
