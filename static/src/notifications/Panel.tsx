import "./pageWords";
import { ActionIcon, Button, Drawer, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { ArrowLeft, CheckCheck, Settings2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Notification } from "../api/types";
import { FailedNotice } from "../components/states";
import { useShortTime } from "../components/useShortTime";
import { byConversation } from "./groups";
import styles from "./Panel.module.css";
import { type Only, useMarkAll, useMarkNotifications, useNotifications } from "./queries";
import { SettingsPart } from "./SettingsPart";
import { detail, pathOf, sentence } from "./sentence";
import { useGo } from "./useGo";

const FILTERS = [
  { only: "all", words: "notifications.all" },
  { only: "mentions", words: "notifications.mentions" },
  { only: "unread", words: "notifications.unreadOnly" },
] as const;

/** What one was told, the newest conversation first; beside it, how one wants to be told. */
export default function Panel({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [settings, setSettings] = useState(false);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="left"
      size={420}
      title={t(settings ? "notifications.settings.title" : "notifications.panel")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {settings ? (
        <>
          <Button
            variant="subtle"
            size="compact-sm"
            mb={10}
            leftSection={<ArrowLeft size={15} />}
            onClick={() => setSettings(false)}
          >
            {t("notifications.settings.back")}
          </Button>
          <SettingsPart />
        </>
      ) : (
        <List onClose={onClose} onSettings={() => setSettings(true)} />
      )}
    </Drawer>
  );
}

function List({ onClose, onSettings }: { onClose: () => void; onSettings: () => void }) {
  const { t } = useTranslation();
  const [only, setOnly] = useState<Only>("all");
  const query = useNotifications(only);
  const markAll = useMarkAll();
  const rows = query.data?.pages.flatMap(({ results }) => results) ?? [];
  const newest = rows[0]?.created_at;
  return (
    <>
      <div className={styles.bar}>
        <fieldset className={styles.filters} aria-label={t("notifications.filter")}>
          {FILTERS.map(({ only: one, words }) => (
            <UnstyledButton
              key={one}
              className={styles.filter}
              aria-pressed={only === one}
              onClick={() => setOnly(one)}
            >
              {t(words)}
            </UnstyledButton>
          ))}
        </fieldset>
        <ActionIcon
          variant="subtle"
          color="gray"
          disabled={!newest || rows.every(({ read_at }) => read_at !== null)}
          aria-label={t("notifications.markAll")}
          title={t("notifications.markAll")}
          onClick={() => newest && markAll.mutate(newest)}
        >
          <CheckCheck size={17} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("notifications.settings.open")}
          title={t("notifications.settings.open")}
          onClick={onSettings}
        >
          <Settings2 size={17} />
        </ActionIcon>
      </div>
      {query.isError && <FailedNotice error={query.error} onRetry={() => query.refetch()} />}
      {query.isSuccess && rows.length === 0 && (
        <p className={styles.empty}>{t(`notifications.empty.${only}`)}</p>
      )}
      <Groups rows={rows} onClose={onClose} />
      {query.hasNextPage && (
        <Button
          variant="default"
          size="compact-sm"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("notifications.more")}
        </Button>
      )}
    </>
  );
}

function Groups({ rows, onClose }: { rows: Notification[]; onClose: () => void }) {
  const { t } = useTranslation();
  const go = useGo();
  const mark = useMarkNotifications();
  const open = (row: Notification) => {
    if (row.read_at === null) mark.mutate({ ids: [row.id] });
    const path = pathOf(row);
    if (!path) return;
    go(path);
    onClose();
  };
  return byConversation(rows).map(({ key, name, items }) => (
    <section key={key} className={styles.group}>
      <h3 className={styles.about}>
        {name === null ? t("notifications.general") : t("notifications.about", { name })}
      </h3>
      <ul className={styles.items}>
        {items.map((row) => (
          <Item key={row.id} row={row} onOpen={() => open(row)} />
        ))}
      </ul>
    </section>
  ));
}

function Item({ row, onOpen }: { row: Notification; onOpen: () => void }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const unread = row.read_at === null;
  const words = detail(t, row);
  return (
    <li>
      <UnstyledButton className={styles.item} data-unread={unread || undefined} onClick={onOpen}>
        <span className={styles.dot}>
          {unread && <VisuallyHidden>{t("notifications.unreadDot")}</VisuallyHidden>}
        </span>
        <span className={styles.body}>
          <span className={styles.says}>{sentence(t, row)}</span>
          {words && <span className={styles.note}>{words}</span>}
        </span>
        <time className={styles.time} dateTime={row.created_at}>
          {time(row.created_at)}
        </time>
      </UnstyledButton>
    </li>
  );
}
