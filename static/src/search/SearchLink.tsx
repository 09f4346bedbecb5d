import { Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMe } from "../session/MeContext";
import { lastSearch } from "./memory";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail; leads back to what was looked for last. */
export function SearchLink({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const me = useMe();
  const [here] = useRoute("/search");
  return (
    <Link
      href={lastSearch(me.id)}
      className={className}
      title={t("search.title")}
      aria-current={here ? "page" : undefined}
    >
      <Search size={16} aria-hidden="true" />
      <span className={labelClass}>{t("search.title")}</span>
    </Link>
  );
}
