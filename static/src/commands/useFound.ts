import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { api } from "../api/client";
import type { components } from "../api/schema";
import type { Page } from "../api/types";
import { pathTo } from "../inbox/views";
import type { Command } from "./registry";

type Found = components["schemas"]["FoundConversation"];
const SETTLE_MS = 150;
const FRESH_MS = 30_000;

/** Conversations by who they are with, from the server: only what this person sees. */
export function useFound(typed: string) {
  const [, go] = useLocation();
  const [q] = useDebouncedValue(typed.trim(), SETTLE_MS);
  const query = useQuery({
    queryKey: ["find", q],
    queryFn: ({ signal }) => {
      return api.get<Page<Found>>(`conversations/find?q=${encodeURIComponent(q)}`, signal);
    },
    enabled: q !== "",
    staleTime: FRESH_MS,
    placeholderData: keepPreviousData,
  });
  const found = q === "" || typed.trim() === "" ? [] : (query.data?.results ?? []);
  const commands = found.map(
    (one): Command => ({
      id: `open.${one.conversation_id}`,
      group: "conversation",
      words: "",
      name: one.contact.name,
      also: [one.contact.phone ?? "", one.channel_name],
      run: () => go(pathTo(one.state === "resolved" ? "resolved" : "all", one.conversation_id)),
    }),
  );
  const facts = new Map(
    found.map((one) => [
      `open.${one.conversation_id}`,
      [one.contact.phone, one.channel_name].filter(Boolean).join(" · "),
    ]),
  );
  return { commands, facts, busy: query.isFetching && q !== "", failed: query.isError };
}
