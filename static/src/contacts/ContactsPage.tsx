import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { components } from "../api/schema";
import { tagChoices } from "../card/choices";
import { useTags } from "../card/queries";
import { Avatar } from "../components/Avatar";
import { Page } from "../components/Page";
import { readablePhone } from "../components/phone";
import { FailedNotice, Notice } from "../components/states";
import { useShortTime } from "../components/useShortTime";
import { useMe } from "../session/MeContext";
import styles from "./Contacts.module.css";
import "../card/words";

type Schemas = components["schemas"];

interface Row {
  id: string;
  name: string;
  phone: string | null;
  at: string | null;
}

interface Rows {
  results: Row[];
  next: string | null;
}

const SEARCH_AFTER_MS = 250;
const PAGE = 40;

/** Everybody who wrote, the latest first; looked for by name or number, narrowed by a tag. */
export default function ContactsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("contacts.title")} needs="contact.see">
      <Contacts />
    </Page>
  );
}

function Contacts() {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [tag, setTag] = useState("");
  const [q] = useDebouncedValue(typed.trim(), SEARCH_AFTER_MS);
  const { data: tags = [] } = useTags();
  const { regions } = useMe();
  const forContacts = tags.filter(({ scope }) => scope !== "conversation");
  const query = useContacts(q, tag);
  const rows = query.data?.pages.flatMap(({ results }) => results) ?? [];
  return (
    <main className={styles.main}>
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t("contacts.title")}</h1>
        <div className={styles.filters}>
          <TextInput
            type="search"
            aria-label={t("contacts.search")}
            placeholder={t("contacts.search")}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {forContacts.length > 0 && (
            <NativeSelect
              aria-label={t("card.tags")}
              data={[
                { value: "", label: t("contacts.anyTag") },
                ...tagChoices(forContacts, regions),
              ]}
              value={tag}
              onChange={(event) => setTag(event.currentTarget.value)}
            />
          )}
        </div>
        {query.isPending && <p className={styles.hint}>{t("inbox.loading")}</p>}
        {query.isError && !query.data && (
          <FailedNotice error={query.error} onRetry={() => query.refetch()} />
        )}
        {query.data && rows.length === 0 && (
          <Notice title={t(q || tag ? "contacts.noMatch" : "contacts.none")} />
        )}
        <ul className={styles.rows}>
          {rows.map((row) => (
            <ContactRow key={row.id} row={row} />
          ))}
        </ul>
        {query.hasNextPage && (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            {t("contacts.more")}
          </Button>
        )}
      </div>
    </main>
  );
}

function ContactRow({ row }: { row: Row }) {
  const { t } = useTranslation();
  const time = useShortTime();
  return (
    <li>
      <Link href={`/contacts/${row.id}`} className={styles.row}>
        <Avatar name={row.name} size={34} />
        <span className={styles.who}>
          <bdi className={styles.name}>{row.name}</bdi>
          <span className={styles.hint}>{row.phone && readablePhone(row.phone)}</span>
        </span>
        {row.at && (
          <span className={styles.when}>{t("contacts.lastSeen", { time: time(row.at) })}</span>
        )}
      </Link>
    </li>
  );
}

function useContacts(q: string, tag: string) {
  const asked = new URLSearchParams({ ...(q && { q }), ...(tag && { tag }) });
  return useInfiniteQuery({
    queryKey: keys.contactList(asked.toString()),
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams(asked);
      if (pageParam) query.set("cursor", pageParam);
      return q ? found(query, signal) : listed(query, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

async function found(query: URLSearchParams, signal: AbortSignal): Promise<Rows> {
  const page = await api.get<Schemas["FoundContactHits"]>(`search/contacts?${query}`, signal);
  const results = page.results.map(({ contact, at }) => ({ ...contact, at }));
  return { results, next: page.next };
}

async function listed(query: URLSearchParams, signal: AbortSignal): Promise<Rows> {
  query.set("limit", String(PAGE));
  const page = await api.get<Schemas["ContactList"]>(`contacts?${query}`, signal);
  const results = page.results.map(({ id, name, phone, last_seen_at }) => ({
    id,
    name,
    phone,
    at: last_seen_at,
  }));
  return { results, next: page.next };
}
