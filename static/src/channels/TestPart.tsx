import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Check, CircleAlert, Clock3 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { inOwnWords } from "../api/failure";
import { messagesQuery } from "../api/queries";
import type { Message, WireMessage } from "../api/types";
import { FailedNotice } from "../components/states";
import { clockTime } from "../components/times";
import type { Template } from "../composer/template/template";
import { fixedOf, useTemplates } from "../composer/template/useTemplates";
import { useMe } from "../session/MeContext";
import { Part } from "./Part";
import kit from "./Part.module.css";
import { useSendTest } from "./queries";
import styles from "./TestPart.module.css";

/** Sends something to a number and shows how far it gets, as it gets there. */
export function TestPart({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  const [phone, setPhone] = useState("");
  const template = useChoice(channelId);
  const send = useSendTest(channelId);
  const refusal = send.error instanceof ApiError ? send.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { chosen } = template;
    send.mutate({
      phone,
      template: chosen ? { name: chosen.name, language: chosen.language } : null,
    });
  };
  return (
    <Part title={t("channels.test.title")}>
      <p className={kit.hint}>{t("channels.test.hint")}</p>
      <form className={styles.test} onSubmit={submit}>
        <TextInput
          type="tel"
          size="xs"
          aria-label={t("channels.test.phone")}
          placeholder="+886 …"
          autoComplete="off"
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
          error={refusal && `${refusal.message} ${refusal.remedy ?? ""}`}
          required
        />
        <TemplateSelect choice={template} />
        <Button type="submit" size="compact-sm" loading={send.isPending}>
          {t("channels.test.send")}
        </Button>
      </form>
      {send.data && <Steps sent={send.data} />}
    </Part>
  );
}

const keyOf = ({ name, language }: Template) => `${name} (${language})`;

/** The template for people who have not written within 24 hours, of those that need nothing filled in. */
function useChoice(channelId: string) {
  const query = useTemplates(channelId);
  const [key, choose] = useState("");
  const { fixed, first } = fixedOf(query.data ?? []);
  return { query, fixed, choose, chosen: fixed.find((one) => keyOf(one) === key) ?? first };
}

function TemplateSelect({ choice }: { choice: ReturnType<typeof useChoice> }) {
  const { t } = useTranslation();
  const { query, fixed, chosen, choose } = choice;
  if (query.isError) return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  if (query.data && !chosen) return <p className={kit.hint}>{t("channels.test.noTemplate")}</p>;
  return (
    <NativeSelect
      size="xs"
      aria-label={t("channels.test.template")}
      data={fixed.map(keyOf)}
      value={chosen ? keyOf(chosen) : ""}
      onChange={(event) => choose(event.currentTarget.value)}
      disabled={query.isPending}
    />
  );
}

/** The message as the stream makes it: its thread's newest page is kept up to date like any other. */
function useFollowed(sent: WireMessage): Message {
  const { i18n } = useTranslation();
  const { data } = useInfiniteQuery(messagesQuery(sent.conversation_id));
  const found = data?.pages.flatMap((page) => page.results).find(({ id }) => id === sent.id);
  return found ?? inOwnWords(sent, i18n.language);
}

const STEPS = [
  { step: "sent", at: "sent_at" },
  { step: "delivered", at: "delivered_at" },
  { step: "read", at: "read_at" },
] as const;

function Steps({ sent }: { sent: WireMessage }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const message = useFollowed(sent);
  const { error } = message;
  return (
    <div role="status" className={styles.steps}>
      {STEPS.map(({ step, at }) => {
        const reached = message[at];
        return (
          <span key={step} data-tone={reached ? "good" : undefined}>
            {reached ? <Check size={14} /> : <Clock3 size={14} />}
            {t(`thread.tick.${step}`)}
            {reached && ` ${clockTime(new Date(reached), i18n.language, me.time_zone)}`}
          </span>
        );
      })}
      {error && (
        <span data-tone="danger">
          <CircleAlert size={14} /> {error.message} {error.remedy}
        </span>
      )}
    </div>
  );
}
