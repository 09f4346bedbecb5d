import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoredWebhook } from "../api/types";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { notifyDone } from "../components/toasts";
import { useMe } from "../session/MeContext";
import list from "./ChannelList.module.css";
import { Deed, Part } from "./Part";
import styles from "./Part.module.css";
import { useReplay, useWebhooks } from "./queries";

/** The bodies as they came, everything personal covered; those that could not be applied can be tried again. */
export function WebhooksPart({ channelId, setAside }: { channelId: string; setAside: number }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const webhooks = useWebhooks(channelId, shown);
  const replay = useReplay(channelId);
  const tryAgain = () =>
    replay.mutate(undefined, {
      onSuccess: ({ count }) => notifyDone(t("channels.webhooks.replayed", { count })),
    });
  return (
    <Part
      title={t("channels.webhooks.title")}
      action={
        setAside > 0 && (
          <Deed onClick={tryAgain} busy={replay.isPending}>
            {t("channels.webhooks.replay", { count: setAside })}
          </Deed>
        )
      }
    >
      {!shown && <Deed onClick={() => setShown(true)}>{t("channels.webhooks.show")}</Deed>}
      {shown && webhooks.isPending && <p className={styles.hint}>{t("channels.loading")}</p>}
      {webhooks.isError && !webhooks.data && (
        <FailedNotice error={webhooks.error} onRetry={() => webhooks.refetch()} />
      )}
      {webhooks.data?.length === 0 && <p className={styles.hint}>{t("channels.webhooks.none")}</p>}
      {webhooks.data?.map((row) => (
        <Body key={row.id} row={row} />
      ))}
    </Part>
  );
}

function Body({ row }: { row: StoredWebhook }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const tone = { set_aside: "danger", pending: "warning" }[row.state];
  return (
    <details className={styles.more}>
      <summary>
        {fullTime(row.received_at, i18n.language, me.time_zone)}{" "}
        <span className={list.mark} data-tone={tone}>
          {t(`channels.webhooks.state.${row.state}`)}
        </span>{" "}
        <span className={styles.hint}>{t("channels.webhooks.bytes", { n: row.size })}</span>
      </summary>
      {row.error && <p className={styles.trouble}>{row.error}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and must be reached without a mouse */}
      <pre className={styles.body} tabIndex={0}>
        {row.body}
      </pre>
    </details>
  );
}
