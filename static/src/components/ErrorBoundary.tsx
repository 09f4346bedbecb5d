import { Component, type ErrorInfo, type ReactNode } from "react";
import i18n from "../i18n";
import styles from "./components.module.css";

const RELOADED_AT = "kefu.reloadedAt";
const RELOAD_PAUSE_MS = 60_000;

/** A chunk of an older build is gone after a deploy: the new page has the new ones. */
function isMissingChunk(error: Error): boolean {
  return /dynamically imported module|Importing a module script failed/i.test(error.message);
}

/** Reloads at most once a minute, so that a broken build cannot loop. False when it may not. */
export function reloadOnce(): boolean {
  const last = Number(sessionStorage.getItem(RELOADED_AT) ?? 0);
  if (Date.now() - last < RELOAD_PAUSE_MS) return false;
  sessionStorage.setItem(RELOADED_AT, String(Date.now()));
  location.reload();
  return true;
}

/** The last net: plain elements only, since what broke may be the styled ones. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch(error: Error, info: ErrorInfo) {
    if (isMissingChunk(error) && reloadOnce()) return;
    console.error(error, info.componentStack);
  }

  override render() {
    if (!this.state.error) return this.props.children;
    return (
      <main className={styles.crash}>
        <title>{`${i18n.t("crash.title")} · Kefu`}</title>
        <div role="alert">
          <h1>{i18n.t("crash.title")}</h1>
          <p>{i18n.t("crash.hint")}</p>
        </div>
        <button type="button" onClick={() => location.reload()}>
          {i18n.t("crash.reload")}
        </button>
        <details>
          <summary>{i18n.t("crash.details")}</summary>
          <pre>{this.state.error.message}</pre>
        </details>
      </main>
    );
  }
}
