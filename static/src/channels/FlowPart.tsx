import { useTranslation } from "react-i18next";
import type { ChannelDetail } from "../api/types";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import { Fact, Part } from "./Part";
import styles from "./Part.module.css";

/** What goes out and comes in, and where Meta is told to call. */
export function FlowPart({ detail }: { detail: ChannelDetail | undefined }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const number = new Intl.NumberFormat(i18n.language);
  const count = (value: number | undefined) => (value === undefined ? "…" : number.format(value));
  const last = detail?.last_webhook_at;
  return (
    <Part title={t("channels.flow.title")}>
      <dl className={styles.facts}>
        <Fact label={t("channels.flow.queued")}>{count(detail?.queued)}</Fact>
        <Fact label={t("channels.flow.sentLately")}>{count(detail?.sent_lately)}</Fact>
        <Fact label={t("channels.flow.pace")}>
          {detail ? t("channels.flow.aMinute", { n: number.format(detail.pace) }) : "…"}
        </Fact>
        <Fact label={t("channels.flow.lastWebhook")}>
          {last ? fullTime(last, i18n.language, me.time_zone) : t("channels.value.unknown")}
        </Fact>
        <Fact label={t("channels.flow.version")}>{detail?.graph_version ?? "…"}</Fact>
        <Fact label={t("channels.flow.callback")}>
          <code className={styles.code}>{detail?.callback_url ?? "…"}</code>
        </Fact>
      </dl>
    </Part>
  );
}
