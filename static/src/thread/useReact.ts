import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { api } from "../api/client";
import type { Message, Reaction, WireMessage } from "../api/types";
import { notifyError } from "../components/toasts";
import { useMe } from "../session/MeContext";
import { applyMessage } from "../stream/applyMessage";
import { changeMessage } from "./cache";

/** The business has one reaction on a message, whoever of the team gave it. */
export function withOurs(reactions: readonly Reaction[], emoji: string, name: string): Reaction[] {
  const theirs = reactions.filter((reaction) => reaction.side !== "team");
  return emoji ? [...theirs, { emoji, side: "team", name }] : theirs;
}

/** Puts a reaction on a message ("" takes it back): shown at once, undone when the server refuses. */
export function useReact(conversationId: string) {
  const client = useQueryClient();
  const { name } = useMe();
  return useCallback(
    async (message: Message, emoji: string) => {
      const change = (reactions: (old: Reaction[]) => Reaction[]) =>
        changeMessage(client, conversationId, message.id, (held) => ({
          ...held,
          reactions: reactions(held.reactions),
        }));
      const before = change((old) => withOurs(old, emoji, name));
      const body = {
        type: "reaction",
        message: message.id,
        emoji,
        client_ref: crypto.randomUUID(),
      };
      try {
        applyMessage(
          client,
          await api.post<WireMessage>(`conversations/${conversationId}/messages`, body),
        );
      } catch (error) {
        // Unless something newer has come meanwhile.
        if (before) {
          changeMessage(client, conversationId, message.id, (held) =>
            held.version === before.version ? { ...held, reactions: before.reactions } : held,
          );
        }
        notifyError(error);
      }
    },
    [client, conversationId, name],
  );
}
