import { LayoutDashboard } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
}

/** In the rail, for those who watch over all the work. */
export function BoardLink(props: LinkProps) {
  return useMay("board.see") ? <Shown {...props} /> : null;
}

function Shown({ className, labelClass }: LinkProps) {
  const { t } = useTranslation();
  const [here] = useRoute("/board");
  return (
    <Link
      href="/board"
      className={className}
      title={t("inbox.board")}
      aria-current={here ? "page" : undefined}
    >
      <LayoutDashboard size={16} aria-hidden="true" />
      <span className={labelClass}>{t("inbox.board")}</span>
    </Link>
  );
}
