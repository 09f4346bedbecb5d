import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Session } from "../api/types";
import { clearDrafts, keepDraftsOf } from "../composer/drafts";
import { forgetPickedLanguage } from "../i18n";
import { forget } from "../stream/memory";
import { forgetOver } from "./over";
import { noteSignedIn, noteSignedOut, wasSignedOut } from "./signedOut";

interface Credentials {
  email: string;
  password: string;
}

export function useSignIn() {
  return useMutation({
    mutationFn: (credentials: Credentials) => api.post<Session>("session", credentials),
  });
}

/** Takes what a step of signing in was answered with: somebody is in, or the next step is shown. */
export function useArrival() {
  const client = useQueryClient();
  return (session: Session) => {
    // Before anything is drawn for them.
    if (session.user) {
      keepDraftsOf(session.user.id);
      forgetOver();
    }
    const { recovery_codes: _shown, ...known } = session;
    client.setQueryData(keys.session, known);
  };
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete("session"),
    onSuccess: () => {
      noteSignedOut();
      client.setQueryData(keys.session, { user: null, over: null, idle: null });
    },
  });
}

/**
 * However a session ends, nothing of it is shown to whoever signs in next. What was typed is cleared when it was
 * ended on purpose, in whichever tab; when it expired, the same person finds it again. True: it has expired.
 */
export function useSessionEnd(userId: number | null | undefined): boolean {
  const client = useQueryClient();
  const last = useRef<number | null | undefined>(undefined);
  const [expired, setExpired] = useState(false);
  useEffect(() => {
    const before = last.current;
    last.current = userId;
    if (userId === null) forgetPickedLanguage();
    if (userId === null && wasSignedOut()) clearDrafts();
    if (typeof userId === "number") {
      noteSignedIn();
      keepDraftsOf(userId);
    }
    setExpired(userId === null && typeof before === "number" && !wasSignedOut());
    if (typeof before !== "number" || before === userId) return;
    // Someone else signed in in another tab: everything on this page was drawn for the one before.
    if (typeof userId === "number") return location.reload();
    client.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] });
    forget(client);
  }, [client, userId]);
  return expired;
}
