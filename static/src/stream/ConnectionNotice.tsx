import { Button, Loader } from "@mantine/core";
import { WifiOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { reloadOnce } from "../components/ErrorBoundary";
import styles from "./ConnectionNotice.module.css";
import { useStream } from "./StreamProvider";
import type { StreamState } from "./StreamSocket";

const CALM_MS = 1000;

/** True once the trouble has lasted: a hiccup is nobody's business. */
function useLasting(troubled: boolean): boolean {
  const [lasting, setLasting] = useState(false);
  useEffect(() => {
    if (!troubled) return setLasting(false);
    const timer = setTimeout(() => setLasting(true), CALM_MS);
    return () => clearTimeout(timer);
  }, [troubled]);
  return troubled && lasting;
}

function useSecondsTo(at: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (at === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [at]);
  return at === null ? 0 : Math.max(1, Math.ceil((at - now) / 1000));
}

export function ConnectionNotice() {
  const { t } = useTranslation();
  const { state, retryNow } = useStream();
  const shown = useLasting(state.phase !== "open" && state.phase !== "stopped");
  const seconds = useSecondsTo(state.phase === "waiting" ? state.retryAt : null);
  const lost = useLost(state);
  useOutdatedReload(state);
  if (!shown) return null;
  return (
    <div className={styles.place}>
      <div className={styles.notice} role="status">
        {lost || state.phase === "refused" ? <WifiOff size={15} /> : <Loader size={14} />}
        <Words state={state} lost={lost} seconds={seconds} />
        {lost && (
          <Button variant="subtle" size="compact-sm" onClick={retryNow}>
            {t("connection.retryNow")}
          </Button>
        )}
        {state.phase === "refused" && (
          <Button variant="subtle" size="compact-sm" onClick={() => location.reload()}>
            {t("crash.reload")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** The first line stays through all tries, so that the notice does not flicker. */
function Words({ state, lost, seconds }: { state: StreamState; lost: boolean; seconds: number }) {
  const { t } = useTranslation();
  if (state.phase === "refused") return <span>{t(`connection.refused.${state.reason}`)}</span>;
  if (state.phase === "offline") return <span>{t("connection.offline")}</span>;
  if (!lost) return <span>{t("connection.connecting")}</span>;
  return (
    <span className={styles.words}>
      <span>{t("connection.lost")}</span>
      {/* The ticking number is for the eye; a screen reader hears the sentence once. */}
      <span className={styles.seconds} aria-hidden="true">
        {state.phase === "waiting"
          ? t("connection.retryIn", { n: seconds })
          : t("connection.retrying")}
      </span>
    </span>
  );
}

/** True from the loss of a connection until it is open again, through all tries between. */
function useLost(state: StreamState): boolean {
  const lost = useRef(false);
  if (state.phase === "waiting" || state.phase === "offline") lost.current = true;
  if (state.phase === "open") lost.current = false;
  return lost.current;
}

/** A newer Kefu is running: load it, once; should that not help, the notice offers it by hand. */
function useOutdatedReload(state: StreamState): void {
  const outdated = state.phase === "refused" && state.reason === "outdated";
  useEffect(() => {
    if (outdated) reloadOnce();
  }, [outdated]);
}
