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
import { FailedNotice, Notice } from "./components/states";
import { usePageTitle } from "./components/usePageTitle";
import { InboxPage } from "./inbox/InboxPage";
import { useInboxRoute } from "./inbox/useInboxRoute";
import { useAccountLocale } from "./session/locale";
import { MeContext } from "./session/MeContext";
import { useRequeued } from "./session/useRequeued";
import { useSessionEnd } from "./session/useSignIn";
import { ConnectionNotice } from "./stream/ConnectionNotice";
import { StreamProvider, useStream } from "./stream/StreamProvider";
import { useOutbox, useUnsentKept } from "./thread/useOutbox";

const AccessPage = lazy(() => import("./access/AccessPage"));
const AssigningPage = lazy(() => import("./assigning/AssigningPage"));
const ChannelsPage = lazy(() => import("./channels/ChannelsPage"));
const CoachingPage = lazy(() => import("./coaching/CoachingPage"));
const NotificationCenter = lazy(() => import("./notifications/Center"));
const LogPage = lazy(() => import("./log/LogPage"));
const ServicePage = lazy(() => import("./settings/ServicePage"));
const SignInPage = lazy(() => import("./session/SignInPage"));

export function App() {
  const session = useSession();
  const client = useQueryClient();
  useEffect(() => {
    whenSignedOut(() => client.setQueryData(keys.session, { user: null }));
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
        <SignInPage expired={expired} />
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
        <AskHere />
        <ConnectionNotice />
      </StreamProvider>
    </MeContext>
  );
}

/** Not part of any page: what waits to be sent, and what one must hear of, goes on wherever the person is. */
function Outgoing() {
  useOutbox();
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
      <Route path="/log">
        <Suspense fallback={<div className={styles.blank} />}>
          <LogPage />
        </Suspense>
      </Route>
      <Route path="/settings/assignment">
        <Suspense fallback={<div className={styles.blank} />}>
          <AssigningPage />
        </Suspense>
      </Route>
      <Route path="/settings/service">
        <Suspense fallback={<div className={styles.blank} />}>
          <ServicePage />
        </Suspense>
      </Route>
      <Route path="/trainees">
        <Suspense fallback={<div className={styles.blank} />}>
          <CoachingPage />
        </Suspense>
      </Route>
      <Route path="/access">
        <Suspense fallback={<div className={styles.blank} />}>
          <AccessPage />
        </Suspense>
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
