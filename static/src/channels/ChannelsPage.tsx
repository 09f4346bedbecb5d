import { CircleAlert, RadioTower } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../api/queries";
import { FailedNotice, Notice } from "../components/states";
import { usePageTitle } from "../components/usePageTitle";
import { Rail } from "../inbox/Rail";
import { Banners } from "../session/Banners";
import { useMay } from "../session/MeContext";
import { useAlerts } from "../session/useAlerts";
import { ChannelDetail } from "./ChannelDetail";
import { ChannelList } from "./ChannelList";
import styles from "./Channels.module.css";
import "./pageWords";

const ShortcutsSheet = lazy(() => import("../inbox/ShortcutsSheet"));

/** The numbers, for those who look after them: how each is, why it is quiet, what came in. */
export default function ChannelsPage({ channelId }: { channelId: string | null }) {
  const { t } = useTranslation();
  const mayManage = useMay("channel.manage");
  const alerts = useAlerts();
  const [sheetOpened, setSheetOpened] = useState(false);
  usePageTitle(t("channels.title"));
  return (
    <div className={styles.page} data-open={channelId ? "" : undefined}>
      <Banners />
      <Rail place={null} alerts={alerts} onShortcuts={() => setSheetOpened(true)} />
      {mayManage ? (
        <Channels channelId={channelId} />
      ) : (
        <main className={styles.only}>
          <Notice icon={<CircleAlert size={28} />} title={t("channels.notYours.title")}>
            <a href="/inbox/mine" className={styles.link}>
              {t("notFound.back")}
            </a>
          </Notice>
        </main>
      )}
      {sheetOpened && (
        <Suspense>
          <ShortcutsSheet onClose={() => setSheetOpened(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Channels({ channelId }: { channelId: string | null }) {
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch } = useChannels();
  const chosen = data?.find(({ id }) => id === channelId);
  return (
    <main className={styles.main}>
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
