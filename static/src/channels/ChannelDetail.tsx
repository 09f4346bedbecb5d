import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Channel } from "../api/types";
import { readablePhone } from "../components/phone";
import { FailedNotice } from "../components/states";
import styles from "./ChannelDetail.module.css";
import { EventsPart } from "./EventsPart";
import { FlowPart } from "./FlowPart";
import { HealthPart } from "./HealthPart";
import { PausePart } from "./PausePart";
import { useChannel } from "./queries";
import { TestPart } from "./TestPart";
import { WebhooksPart } from "./WebhooksPart";

export function ChannelDetail({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useChannel(channel.id);
  return (
    <article className={styles.detail} aria-label={channel.name}>
      <header className={styles.head}>
        <Link href="/channels" className={styles.back} aria-label={t("channels.back")}>
          <ArrowLeft size={18} aria-hidden="true" />
        </Link>
        <h2 className={styles.name}>{channel.name}</h2>
        <span className={styles.phone}>{readablePhone(channel.phone)}</span>
        <span className={styles.provider}>
          {channel.provider === "simulator" ? t("channels.simulated") : data?.provider_title}
        </span>
      </header>
      {channel.provider === "simulator" && (
        <p className={styles.simulator}>{t("channels.simulator")}</p>
      )}
      {isError && !data ? (
        <FailedNotice error={error} onRetry={() => refetch()} />
      ) : (
        <div className={styles.parts}>
          <PausePart channel={data?.channel ?? channel} past={data?.past_pauses ?? []} />
          <HealthPart channelId={channel.id} health={data?.health} />
          <FlowPart detail={data} />
          <TestPart channelId={channel.id} />
          <EventsPart channelId={channel.id} alerts={channel.alerts} />
          <WebhooksPart channelId={channel.id} setAside={data?.set_aside ?? 0} />
        </div>
      )}
    </article>
  );
}
