import "./pageWords";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation, useRoute } from "wouter";
import type { Notification } from "../api/types";
import { setTabCount } from "../components/tabCount";
import { notifyNews } from "../components/toasts";
import { useStreamEvents } from "../stream/StreamProvider";
import { announce } from "./announce";
import { showBadge } from "./badge";
import { NewMessages } from "./NewMessages";
import { useMarkNotifications, useUnread } from "./queries";
import { detail, pathOf, sentence } from "./sentence";
import { useGo } from "./useGo";

const RECENT_MS = 2 * 60_000;
const URGENT = new Set([
  "lock.broken",
  "risk.raised",
  "alarm.raised",
  "risk.escalated",
  "scheduled.asking",
  "scheduled.failed",
]);

/** The conversation that is open, wherever in the inbox. */
function useOpenId(): string | null {
  const [, params] = useRoute("/inbox/:view/:conversationId?");
  return params?.conversationId ?? null;
}

/** What one looks at, one need not be told of: it counts as read. */
function useReadWhatIsOpen(openId: string | null, unread: number): void {
  const { mutate } = useMarkNotifications();
  useEffect(() => {
    if (!openId || unread === 0) return;
    const look = () => document.hasFocus() && mutate({ conversation: openId });
    look();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [openId, unread, mutate]);
}

/** Whoever signs out leaves no number behind. */
function takeBadgesOff(): void {
  setTabCount(0);
  showBadge(0);
}

/** Tells of what comes while one works elsewhere, and shows how much waits. What a replay brings late is old news. */
export default function Center() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const go = useGo();
  const openId = useOpenId();
  const unread = useUnread().data?.unread ?? 0;
  useReadWhatIsOpen(openId, unread);
  useEffect(() => {
    setTabCount(unread);
    showBadge(unread);
  }, [unread]);
  useEffect(() => takeBadgesOff, []);

  useStreamEvents((event) => {
    if (event.kind !== "notification.created") return;
    const row = event.payload as Notification;
    if (Date.now() - Date.parse(row.created_at) > RECENT_MS) return;
    const looking = document.hasFocus() && row.conversation_id === openId && openId !== null;
    if (looking) return;
    const path = pathOf(row);
    const onOpen = () => path && go(path);
    const says = sentence(t, row);
    const title = row.contact_name ? `${row.contact_name} · ${says}` : says;
    const urgent = URGENT.has(row.kind) || row.data.stage === "breach";
    // A hidden tab shows nothing: hours later a pile of old news would wait there; the bell has it.
    if (document.visibilityState === "visible") {
      notifyNews({ title, words: detail(t, row), urgent, onOpen });
    }
    announce(client, { kind: row.kind, key: row.id, title, words: detail(t, row), onOpen });
  });
  return <NewMessages openId={openId} onOpen={(id) => navigate(`/inbox/all/${id}`)} />;
}
