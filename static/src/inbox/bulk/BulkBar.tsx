import { ActionIcon, Menu } from "@mantine/core";
import { AlarmClock, Banknote, Check, Flag, ListChecks, Tags, UserPlus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../../api/types";
import { useMay } from "../../session/MeContext";
import { PRIORITIES } from "../standing/priorities";
import { PresetItems } from "../standing/SnoozeMenu";
import flags from "../standing/Standing.module.css";
import type { Selection } from "../useSelection";
import { AssignMany } from "./AssignMany";
import styles from "./Bulk.module.css";
import { TagMany } from "./TagMany";
import { useBulkDeeds } from "./useBulkDeeds";
import "../togetherWords";

interface BulkBarProps {
  selection: Selection;
  rows: Conversation[];
}

/** How many rows are chosen, and what can be done to all of them at once. */
export default function BulkBar({ selection, rows }: BulkBarProps) {
  const { t } = useTranslation();
  const ids = [...selection.ids];
  const chosen = rows.filter(({ id }) => selection.ids.has(id));
  const { act, busy } = useBulkDeeds(ids, selection.clear);
  const mayTag = useMay("tag.apply");
  const mayMark = useMay("payment.mark");
  const marked = chosen.every(({ payment_marked_at }) => payment_marked_at !== null);
  return (
    <div className={styles.bar} role="toolbar" aria-label={t("together.bulk.title")}>
      <Tool label={t("together.bulk.clear")} onClick={selection.clear} icon={<X size={17} />} />
      <span className={styles.count} role="status">
        {t("together.bulk.chosen", { count: ids.length })}
      </span>
      <Tool
        label={t("together.bulk.all")}
        onClick={selection.all}
        icon={<ListChecks size={17} />}
      />
      <ToolMenu label={t("together.bulk.assign")} icon={<UserPlus size={17} />} busy={busy}>
        <AssignMany chosen={chosen} onPick={(assignee) => act({ deed: "assign", assignee })} />
      </ToolMenu>
      <Tool
        label={t("inbox.resolve")}
        disabled={busy}
        onClick={() => act({ deed: "resolve" })}
        icon={<Check size={17} />}
      />
      <ToolMenu label={t("together.snooze.title")} icon={<AlarmClock size={17} />} busy={busy}>
        <PresetItems onPick={(at) => act({ deed: "snooze", until: at.toISOString() })} />
      </ToolMenu>
      <ToolMenu label={t("together.priority")} icon={<Flag size={17} />} busy={busy}>
        {PRIORITIES.map((priority) => (
          <Menu.Item
            key={priority}
            leftSection={<Flag className={flags.flag} data-priority={priority} size={16} />}
            onClick={() => act({ deed: "priority", priority })}
          >
            {t(`inbox.priority.${priority}`)}
          </Menu.Item>
        ))}
      </ToolMenu>
      {mayTag && (
        <ToolMenu label={t("together.bulk.tag")} icon={<Tags size={17} />} busy={busy}>
          <TagMany chosen={chosen} onPick={act} />
        </ToolMenu>
      )}
      {mayMark && (
        <Tool
          label={t(marked ? "together.bulk.unmark" : "together.bulk.mark")}
          disabled={busy}
          onClick={() => act({ deed: "payment", payment: !marked })}
          icon={<Banknote size={17} />}
        />
      )}
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: ReactNode;
  disabled?: boolean;
  onClick: () => void;
}

function Tool({ label, icon, disabled, onClick }: ToolProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={32}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  );
}

interface ToolMenuProps {
  label: string;
  icon: ReactNode;
  busy: boolean;
  children: ReactNode;
}

function ToolMenu({ label, icon, busy, children }: ToolMenuProps) {
  return (
    <Menu position="bottom-end" shadow="md" width={240}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={label}
          title={label}
          disabled={busy}
        >
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}
