import type { QueryClient } from "@tanstack/react-query";
import { keys } from "../api/keys";
import type { KindChoice, Me, NotificationSettings } from "../api/types";
import { readFlag } from "../components/storage";
import { speaksFor } from "./oneTab";
import { settingsQuery } from "./queries";
import { chime } from "./sound";

export const DESKTOP_FLAG = "kefu.desktopAlerts";
export const SOUND_FLAG = "kefu.sound";
const SOUND_PAUSE_MS = 2000;
let chimedAt = 0;

export interface News {
  kind: string;
  /** The same news in every tab. */
  key: string;
  title: string;
  words: string;
  onOpen: () => void;
}

function me(client: QueryClient): Me | null {
  return client.getQueryData<{ user: Me | null }>(keys.session)?.user ?? null;
}

async function choiceOf(
  client: QueryClient,
  kind: string,
): Promise<{ choice: KindChoice | undefined; volume: number }> {
  const settings = await client
    .fetchQuery<NotificationSettings>(settingsQuery)
    .catch(() => undefined);
  return {
    choice: settings?.kinds.find((one) => one.kind === kind),
    volume: settings?.volume ?? 0,
  };
}

/** On the desktop and aloud, as this person and this browser want it, from one tab only; never while they are away. */
export async function announce(client: QueryClient, news: News): Promise<void> {
  if (me(client)?.availability === "away") return;
  const desktop = readFlag(DESKTOP_FLAG, false);
  const sound = readFlag(SOUND_FLAG, false);
  if (!desktop && !sound) return;
  const { choice, volume } = await choiceOf(client, news.kind);
  if (!choice?.in_app || !(await speaksFor(news.key))) return;
  if (sound && choice.sound && Date.now() - chimedAt > SOUND_PAUSE_MS) {
    chimedAt = Date.now();
    chime(volume);
  }
  // Whoever looks at Kefu reads it there.
  if (desktop && choice.desktop && !document.hasFocus()) show(news);
}

function show({ key, title, words, onOpen }: News): void {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  try {
    const shown = new Notification(title, { body: words, tag: key, icon: "/static/favicon.svg" });
    shown.onclick = () => {
      window.focus();
      onOpen();
      shown.close();
    };
  } catch {
    // Some phones only let a service worker show them: the bell says it all the same.
  }
}
