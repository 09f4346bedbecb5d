import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";
import { useBinCounts } from "./queries";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
  countClass: string | undefined;
}

/** In the rail, for those who may delete; it counts what waits for a second person. */
export function BinLink(props: LinkProps) {
  return useMay("conversation.delete") ? <Shown {...props} /> : null;
}

function Shown({ className, labelClass, countClass }: LinkProps) {
  const { t, i18n } = useTranslation();
  const { data } = useBinCounts();
  const [here] = useRoute("/bin");
  const count = data?.asked ?? 0;
  return (
    <Link
      href="/bin"
      className={className}
      title={t("bin.title")}
      aria-current={here ? "page" : undefined}
    >
      <Trash2 size={16} aria-hidden="true" />
      <span className={labelClass}>{t("bin.title")}</span>
      <span className={countClass}>
        {count > 0 && new Intl.NumberFormat(i18n.language).format(count)}
      </span>
    </Link>
  );
}
