import { useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Redirect, Route, Switch } from "wouter";
import styles from "./App.module.css";
import { AskHere } from "./access/AskHere";
import { whenSignedOut, whenTierUnmet } from "./api/client";
import { keys } from "./api/keys";
import { useSession } from "./api/queries";
import type { Me, SignInStep } from "./api/types";
import { CommandKeys } from "./commands/CommandKeys";
import { PageCommands } from "./commands/PageCommands";
import { useFocusKept } from "./components/focusKept";
import { FailedNotice, Notice } from "./components/states";
import { usePageTitle } from "./components/usePageTitle";
import { useDraftSync } from "./composer/useDraftSync";
import { FactorHere } from "./factor/FactorHere";
import { IdleHere } from "./idle/IdleHere";
import { InboxPage } from "./inbox/InboxPage";
import { useInboxRoute } from "./inbox/useInboxRoute";
import { useAccountLocale } from "./session/locale";
import { MeContext, useMe } from "./session/MeContext";
import { notedOver, noteOver, type Over, overOfCode } from "./session/over";
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
const SegmentsPage = lazy(() => import("./segments/SegmentsPage"));
const ConsentSettingsPage = lazy(() => import("./consent/ConsentSettingsPage"));
const KeywordsPage = lazy(() => import("./keywords/KeywordsPage"));
const RiskSettingsPage = lazy(() => import("./risk/RiskSettingsPage"));
const RulesPage = lazy(() => import("./rules/RulesPage"));
const MacrosPage = lazy(() => import("./settings/macros/MacrosPage"));
const RepliesPage = lazy(() => import("./settings/replies/RepliesPage"));
const HygienePage = lazy(() => import("./hygiene/HygienePage"));
const ImportsPage = lazy(() => import("./imports/ImportsPage"));
const KeysPage = lazy(() => import("./settings/keys/KeysPage"));
const ExchangePage = lazy(() => import("./settings/exchange/ExchangePage"));
const ServicePage = lazy(() => import("./settings/ServicePage"));
const SecurityPage = lazy(() => import("./factor/SecurityPage"));
const ErasuresPage = lazy(() => import("./privacy/ErasuresPage"));
const TagsPage = lazy(() => import("./settings/tags/TagsPage"));
const FieldsPage = lazy(() => import("./settings/fields/FieldsPage"));
const ContactsPage = lazy(() => import("./contacts/ContactsPage"));
const ContactPage = lazy(() => import("./contacts/ContactPage"));
const BinPage = lazy(() => import("./bin/BinPage"));
const SearchPage = lazy(() => import("./search/SearchPage"));
const SignInPage = lazy(() => import("./session/SignInPage"));
const ExecutivePage = lazy(() => import("./session/ExecutivePage"));
const ForgotPage = lazy(() => import("./session/ForgotPage"));
const ResetPage = lazy(() => import("./session/ResetPage"));
const ComplyPage = lazy(() => import("./tier/ComplyPage"));
const ConfirmDevicePage = lazy(() => import("./tier/ConfirmDevicePage"));

/** The pages that are loaded when somebody opens them. */
const LATER = [
  ["/log", LogPage],
  ["/settings/assignment", AssigningPage],
  ["/settings/service", ServicePage],
  ["/settings/keys", KeysPage],
  ["/settings/exchange", ExchangePage],
  ["/settings/imports", ImportsPage],
  ["/settings/hygiene", HygienePage],
  ["/trainees", CoachingPage],
  ["/settings/risk", RiskSettingsPage],
  ["/settings/segments", SegmentsPage],
  ["/settings/consent", ConsentSettingsPage],
  ["/settings/rules", RulesPage],
  ["/board/wall", WallPage],
  ["/board", BoardPage],
  ["/keywords", KeywordsPage],
  ["/settings/security", SecurityPage],
  ["/bin", BinPage],
  ["/erasures", ErasuresPage],
  ["/settings/replies", RepliesPage],
  ["/settings/macros", MacrosPage],
  ["/settings/tags", TagsPage],
  ["/settings/fields", FieldsPage],
  ["/contacts", ContactsPage],
  ["/access", AccessPage],
  ["/search", SearchPage],
] as const;

export function App() {
  const session = useSession();
  const client = useQueryClient();
  useEffect(() => {
    whenSignedOut((code) => {
      noteOver(overOfCode(code));
      client.setQueryData(keys.session, { user: null, over: notedOver(), idle: null });
    });
    whenTierUnmet(() => client.invalidateQueries({ queryKey: keys.session }));
  }, [client]);

  useUnsentKept();
  useFocusKept();
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
        <Outside
          expired={expired}
          over={session.data?.over ?? null}
          step={session.data?.step ?? null}
        />
      </Suspense>
    );
  }
  if (session.data.tier?.must_comply) return <MustComply me={session.data.user} />;
  return <SignedIn me={session.data.user} />;
}

/** Signed in, and refused everything until what the security tier asks for is done. */
function MustComply({ me }: { me: Me }) {
  useAccountLocale(me);
  return (
    <MeContext value={me}>
      <Suspense fallback={<div className={styles.blank} />}>
        <ComplyPage />
      </Suspense>
    </MeContext>
  );
}

/** For whoever is not in. */
function Outside(props: { expired: boolean; over: Over | null; step: SignInStep | null }) {
  return (
    <Switch>
      <Route path="/executive">
        <ExecutivePage />
      </Route>
      <Route path="/forgot-password">
        <ForgotPage />
      </Route>
      <Route path="/reset-password/:who/:token">
        {({ who, token }) => <ResetPage who={who} token={token} />}
      </Route>
      <Route path="/confirm-device/:token">
        {({ token }) => <ConfirmDevicePage token={token} />}
      </Route>
      <Route>
        <SignInPage {...props} />
      </Route>
    </Switch>
  );
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
      <Route path="/contacts/:contactId">
        {({ contactId }) => (
          <Suspense fallback={<div className={styles.blank} />}>
            <ContactPage key={contactId} contactId={contactId} />
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
      <Route path="/sign-in">
        <Onwards />
      </Route>
      <Route path="/executive">
        <Onwards />
      </Route>
      <Route path="/reset-password/:who/:token">
        {({ who, token }) => (
          <Suspense fallback={<div className={styles.blank} />}>
            <ResetPage who={who} token={token} />
          </Suspense>
        )}
      </Route>
      <Route path="/confirm-device/:token">
        {({ token }) => (
          <Suspense fallback={<div className={styles.blank} />}>
            <ConfirmDevicePage token={token} />
          </Suspense>
        )}
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

/** Whoever came to sign in goes on to where they were going; Django admin is a page of the server's. */
function Onwards() {
  const { level } = useMe();
  const next = new URLSearchParams(location.search).get("next") ?? "/";
  const toAdmin = /^\/admin(\/|$)/.test(next);
  useEffect(() => {
    if (toAdmin && level === "admin") location.replace(next);
  }, [toAdmin, level, next]);
  if (toAdmin) return level === "admin" ? <div className={styles.blank} /> : <NotFound />;
  return <Redirect to={/^\/(?![/\\])/.test(next) ? next : "/"} replace />;
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
