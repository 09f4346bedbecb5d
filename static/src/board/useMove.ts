import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, api } from "../api/client";
import { keys } from "../api/keys";
import type { Assignee, Assignees, Conversation } from "../api/types";
import { notifyDone, notifyError, notifyUndo } from "../components/toasts";
import i18n from "../i18n";
import { applyConversation, patchConversation } from "../stream/applyConversation";
import { showOnBoards } from "./useBoard";

export type Target =
  | { kind: "person"; id: number; name: string }
  | { kind: "team"; id: number; name: string }
  | { kind: "queue" };

interface Asked {
  conversation: Conversation;
  target: Target & { kind: "person" };
  person: Assignee;
}

export function placeOf({ assignee, team }: Conversation) {
  return { assignee: assignee?.id ?? null, team: team?.id ?? null };
}

function isThere({ assignee, team }: Conversation, target: Target): boolean {
  if (target.kind === "person") return assignee?.id === target.id;
  if (target.kind === "team") return assignee === null && team?.id === target.id;
  return assignee === null;
}

/** Who could have it, as the server says. */
export function assigneesOf(client: QueryClient, id: string): Promise<Assignees> {
  return client.fetchQuery({
    queryKey: keys.assignees(id),
    queryFn: ({ signal }) => api.get<Assignees>(`conversations/${id}/assignees`, signal),
    staleTime: 5_000,
  });
}

/** Moves a conversation: asks first whether it may go there, and whether that would be too much. */
export function useMove() {
  const client = useQueryClient();
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked | null>(null);

  const carryOut = async (conversation: Conversation, target: Target) => {
    setAsked(null);
    const after = await moved(client, conversation, target);
    if (!after) return;
    const contact = conversation.contact.name;
    const words =
      target.kind === "queue"
        ? t("board.movedQueue", { contact })
        : t(target.kind === "team" ? "board.movedTeam" : "board.moved", {
            contact,
            name: target.name,
          });
    notifyUndo(words, () => void putBack(client, conversation, after, t("board.undone")));
  };

  const move = async (conversation: Conversation, target: Target) => {
    if (isThere(conversation, target)) return;
    if (target.kind === "queue") return carryOut(conversation, target);
    const fit = await assigneesOf(client, conversation.id).catch(notifyError);
    if (!fit) return;
    const among: { id: number }[] = target.kind === "team" ? fit.teams : fit.people;
    if (!among.some(({ id }) => id === target.id)) {
      notifyDone(t("board.unfit", { name: target.name }));
      return;
    }
    const person = fit.people.find(({ id }) => target.kind === "person" && id === target.id);
    if (target.kind === "person" && person && isDoubtful(person)) {
      setAsked({ conversation, target, person });
      return;
    }
    return carryOut(conversation, target);
  };

  return { move, asked, confirm: carryOut, forget: () => setAsked(null) };
}

/** Away, not there, or full: somebody should say so once more. */
export function isDoubtful({ availability, is_here, load, capacity }: Assignee): boolean {
  return availability === "away" || !is_here || load >= capacity;
}

function change(target: Target): Partial<Conversation> {
  if (target.kind === "person") return { assignee: { id: target.id, name: target.name } };
  if (target.kind === "team") {
    return { assignee: null, team: { id: target.id, name: target.name } };
  }
  return { assignee: null };
}

function send({ id }: Conversation, target: Target, seen: ReturnType<typeof placeOf>) {
  if (target.kind === "team") {
    return api.post<Conversation>(`conversations/${id}/team`, { team: target.id, seen });
  }
  const assignee = target.kind === "person" ? target.id : null;
  return api.post<Conversation>(`conversations/${id}/assign`, { assignee, seen });
}

/** Shown at once; what the server says settles it. Null: it was refused, and is as it was. */
async function moved(
  client: QueryClient,
  before: Conversation,
  target: Target,
): Promise<Conversation | null> {
  const patch = change(target);
  patchConversation(client, before.id, patch);
  showOnBoards(client, { ...before, ...patch });
  try {
    const after = await send(before, target, placeOf(before));
    settle(client, after);
    return after;
  } catch (error) {
    await rollBack(client, before, error);
    return null;
  }
}

function settle(client: QueryClient, after: Conversation): void {
  applyConversation(client, after);
  showOnBoards(client, after);
  client.invalidateQueries({ queryKey: keys.counts });
}

/** Somebody was faster: what is true now is fetched and said. Anything else leaves it where it was. */
async function rollBack(client: QueryClient, before: Conversation, error: unknown): Promise<void> {
  const { assignee, team } = before;
  patchConversation(client, before.id, { assignee, team });
  showOnBoards(client, before);
  if (!(error instanceof ApiError) || error.code !== "changed_meanwhile") {
    notifyError(error);
    return;
  }
  try {
    const now = await api.get<Conversation>(`conversations/${before.id}`);
    settle(client, now);
    const { assignee: holder } = now;
    notifyDone(
      holder ? i18n.t("board.meanwhile", { name: holder.name }) : i18n.t("board.meanwhileNobody"),
    );
  } catch (gone) {
    notifyError(gone);
  }
}

/** Exactly where it was, unless somebody moved it meanwhile. */
async function putBack(
  client: QueryClient,
  before: Conversation,
  after: Conversation,
  words: string,
): Promise<void> {
  const { id } = after;
  try {
    let seen = placeOf(after);
    let now = after;
    if (seen.team !== (before.team?.id ?? null)) {
      now = await api.post<Conversation>(`conversations/${id}/team`, {
        team: before.team?.id ?? null,
        seen,
      });
      seen = placeOf(now);
    }
    if (seen.assignee !== (before.assignee?.id ?? null)) {
      const assignee = before.assignee?.id ?? null;
      now = await api.post<Conversation>(`conversations/${id}/assign`, { assignee, seen });
    }
    settle(client, now);
    notifyDone(words);
  } catch (error) {
    notifyError(error);
    client.invalidateQueries({ queryKey: keys.boards });
  }
}
