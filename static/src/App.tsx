import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Switch } from "wouter";
import styles from "./App.module.css";
import { AskHere } from "./access/AskHere";
import { whenSignedOut } from "./api/client";
import { keys } from "./api/keys";
import { useSession } from "./api/queries";
import type { Me } from "./api/types";
import { CommandKeys } from "./commands/CommandKeys";
import { PageCommands } from "./commands/PageCommands";
import { FailedNotice, Notice } from "./components/states";
import { usePageTitle } from "./components/usePageTitle";
import { useDraftSync } from "./composer/useDraftSync";
import { FactorHere } from "./factor/FactorHere";
import { IdleHere } from "./idle/IdleHere";
import { InboxPage } from "./inbox/InboxPage";
import { useInboxRoute } from "./inbox/useInboxRoute";
import { useAccountLocale } from "./session/locale";
import { MeContext, useMe } from "./session/MeContext";
import { notedOver, noteOver, overOfCode } from "./session/over";
import { useRequeued } from "./session/useRequeued";
import { useSessionEnd } from "./session/useSignIn";
import { sectionsOf } from "./settings/sections";
import { ConnectionNotice } from "./stream/ConnectionNotice";
import { StreamProvider, useStream } from "./stream/StreamProvider";
import { useOutbox, useUnsentKept } from "./thread/useOutbox";

const AccessPage = lazy(() => import("./access/AccessPage"));
const AssigningPage = lazy(() => import("./assigning/AssigningPage"));
const ChannelsPage = lazy(() => import("./channels/ChannelsPage"));
const CoachingPage = lazy(() => import("./coaching/CoachingPage"));
const NotificationCenter = lazy(() => import("./notifications/Center"));
const LogPage = lazy(() => import("./log/LogPage"));
const BoardPage = lazy(() => import("./board/BoardPage"));
const WallPage = lazy(() => import("./board/WallPage"));
const RiskSettingsPage = lazy(() => import("./risk/RiskSettingsPage"));
const MacrosPage = lazy(() => import("./settings/macros/MacrosPage"));
const RepliesPage = lazy(() => import("./settings/replies/RepliesPage"));
const ServicePage = lazy(() => import("./settings/ServicePage"));
const SecurityPage = lazy(() => import("./factor/SecurityPage"));
const BinPage = lazy(() => import("./bin/BinPage"));
const SignInPage = lazy(() => import("./session/SignInPage"));

/** The pages that are loaded when somebody opens them. */
const LATER = [
  ["/log", LogPage],
  ["/settings/assignment", AssigningPage],
  ["/settings/service", ServicePage],
  ["/trainees", CoachingPage],
  ["/settings/risk", RiskSettingsPage],
  ["/board/wall", WallPage],
  ["/board", BoardPage],
  ["/settings/security", SecurityPage],
  ["/bin", BinPage],
  ["/settings/replies", RepliesPage],
  ["/settings/macros", MacrosPage],
  ["/access", AccessPage],
] as const;

export function App() {
  const session = useSession();
  const client = useQueryClient();
  useEffect(() => {
    whenSignedOut((code) => {
      noteOver(overOfCode(code));
      client.setQueryData(keys.session, { user: null, over: notedOver(), idle: null });
    });
  }, [client]);

  useUnsentKept();
  const expired = useSessionEnd(session.data && (session.data.user?.id ?? null));

  if (session.isPending) return <div className={styles.blank} />;
  if (session.isError && !session.data) {
    return (
      <main className={styles.full}>
        <FailedNotice error={session.error} onRetry={() => session.refetch()} />
      </main>
    );
  }
  if (!session.data?.user) {
    return (
      <Suspense fallback={<div className={styles.blank} />}>
        <SignInPage expired={expired} over={session.data?.over ?? null} />
      </Suspense>
    );
  }
  return <SignedIn me={session.data.user} />;
}

function SignedIn({ me }: { me: Me }) {
  useAccountLocale(me);
  return (
    <MeContext value={me}>
      <StreamProvider key={me.id}>
        <Outgoing />
        <Pages />
        <PageCommands />
        <CommandKeys />
        <AskHere />
        <FactorHere />
        <IdleHere />
        <ConnectionNotice />
      </StreamProvider>
    </MeContext>
  );
}

/** Not part of any page: what waits to be sent, and what one must hear of, goes on wherever the person is. */
function Outgoing() {
  useOutbox();
  useDraftSync();
  useRequeued();
  const { ready } = useStream();
  return ready ? (
    <Suspense>
      <NotificationCenter />
    </Suspense>
  ) : null;
}

function Pages() {
  return (
    <Switch>
      <Route path="/inbox/:view/:conversationId?">
        <Inbox />
      </Route>
      <Route path="/channels/:channelId?">
        {({ channelId }) => (
          <Suspense fallback={<div className={styles.blank} />}>
            <ChannelsPage channelId={channelId ?? null} />
          </Suspense>
        )}
      </Route>
      {LATER.map(([path, Page]) => (
        <Route key={path} path={path}>
          <Suspense fallback={<div className={styles.blank} />}>
            <Page />
          </Suspense>
        </Route>
      ))}
      <Route path="/settings">
        <FirstSetting />
      </Route>
      <Route path="/">
        <Redirect to="/inbox/mine" replace />
      </Route>
      <Route path="/inbox">
        <Redirect to="/inbox/mine" replace />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

/** The first part of the settings that this person may see. */
function FirstSetting() {
  const [first] = sectionsOf(useMe());
  return first ? <Redirect to={first.path} replace /> : <NotFound />;
}

function Inbox() {
  const route = useInboxRoute();
  return route ? <InboxPage route={route} /> : <NotFound />;
}

function NotFound() {
  const { t } = useTranslation();
  usePageTitle(t("notFound.title"));
  return (
    <main className={styles.full}>
      <Notice title={t("notFound.title")}>
        <a href="/inbox/mine" className={styles.link}>
          {t("notFound.back")}
        </a>
      </Notice>
    </main>
  );
}
