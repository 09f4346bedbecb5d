import { RadioTower } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../api/queries";
import { Page } from "../components/Page";
import { FailedNotice, Notice } from "../components/states";
import { ChannelDetail } from "./ChannelDetail";
import { ChannelList } from "./ChannelList";
import styles from "./Channels.module.css";
import "./pageWords";

/** The numbers, for those who look after them: how each is, why it is quiet, what came in. */
export default function ChannelsPage({ channelId }: { channelId: string | null }) {
  const { t } = useTranslation();
  return (
    <Page title={t("channels.title")} needs="channel.manage">
      <Channels channelId={channelId} />
    </Page>
  );
}

function Channels({ channelId }: { channelId: string | null }) {
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch } = useChannels();
  const chosen = data?.find(({ id }) => id === channelId);
  return (
    <main className={styles.main} data-open={channelId ? "" : undefined}>
      <section className={styles.list} aria-label={t("channels.title")}>
        <h1 className={styles.title}>{t("channels.title")}</h1>
        {isPending && <p className={styles.loading}>{t("channels.loading")}</p>}
        {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
        {data?.length === 0 && (
          <Notice
            icon={<RadioTower size={28} />}
            title={t("channels.empty.title")}
            hint={t("channels.empty.hint")}
          />
        )}
        {data && data.length > 0 && <ChannelList channels={data} chosenId={channelId} />}
      </section>
      <div className={styles.pane}>
        {chosen ? (
          <ChannelDetail key={chosen.id} channel={chosen} />
        ) : (
          data && (
            <Notice
              icon={<RadioTower size={28} />}
              title={t(channelId ? "channels.gone" : "channels.choose")}
            />
          )
        )}
      </div>
    </main>
  );
}
