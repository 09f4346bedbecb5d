import { ContactRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for whoever sees contacts. */
export function ContactsLink({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [path] = useLocation();
  if (!useMay("contact.see")) return null;
  return (
    <Link
      href="/contacts"
      className={className}
      title={t("contacts.title")}
      aria-current={path.startsWith("/contacts") ? "page" : undefined}
    >
      <ContactRound size={16} aria-hidden="true" />
      <span className={labelClass}>{t("contacts.title")}</span>
    </Link>
  );
}
