import { UnstyledButton } from "@mantine/core";
import { Bell } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands } from "../commands/registry";
import { useUnread } from "./queries";

const Panel = lazy(() => import("./Panel"));
const MOST = 99;

interface BellProps {
  className: string | undefined;
  labelClass: string | undefined;
  countClass: string | undefined;
}

/** In the rail; it counts what this person has not read, and opens the list. */
export function BellLink({ className, labelClass, countClass }: BellProps) {
  const { t, i18n } = useTranslation();
  const [opened, setOpened] = useState(false);
  const unread = useUnread().data?.unread ?? 0;
  useCommands([
    {
      id: "go.notifications",
      group: "go",
      words: "bell.title",
      also: ["bell", "mentions", "提及", "鈴鐺"],
      icon: Bell,
      run: () => setOpened(true),
    },
  ]);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <>
      <UnstyledButton
        className={className}
        title={t("bell.title")}
        aria-haspopup="dialog"
        aria-expanded={opened}
        data-part="bell"
        onClick={() => setOpened(true)}
      >
        <Bell size={16} aria-hidden="true" />
        <span className={labelClass}>{t("bell.title")}</span>
        <span className={countClass}>
          {unread > 0 && (unread > MOST ? `${MOST}+` : number.format(unread))}
        </span>
      </UnstyledButton>
      {opened && (
        <Suspense>
          <Panel onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
