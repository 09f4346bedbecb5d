import { Button, Modal, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Conversation, Template } from "../api/types";
import { useTemplates } from "../channels/queries";
import { FailedNotice } from "../components/states";
import styles from "./Templates.module.css";
import { filled, keyOf, useSendTemplate } from "./useSendTemplate";

interface DialogProps {
  conversationId: string;
  onClose: () => void;
}

/** Chooses an approved template, fills its places, and sends it: what may leave when the window has closed. */
export default function TemplateDialog({ conversationId, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { data: conversation } = useQuery({
    queryKey: keys.conversation(conversationId),
    queryFn: ({ signal }) => api.get<Conversation>(`conversations/${conversationId}`, signal),
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("thread.template.title")}
      size="md"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {conversation && (
        <Choice
          conversationId={conversationId}
          channelId={conversation.channel.id}
          onSent={onClose}
        />
      )}
    </Modal>
  );
}

interface ChoiceProps {
  conversationId: string;
  channelId: string;
  onSent: () => void;
}

function Choice({ conversationId, channelId, onSent }: ChoiceProps) {
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch } = useTemplates(channelId);
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<Template | null>(null);
  if (isPending) return <p className={styles.hint}>{t("thread.template.loading")}</p>;
  if (isError) return <FailedNotice error={error} onRetry={() => refetch()} />;
  const usable = data.filter(({ plain }) => plain);
  if (usable.length === 0) return <p className={styles.hint}>{t("thread.template.none")}</p>;
  const wanted = query.trim().toLowerCase();
  const found = usable.filter(({ name, body }) => `${name} ${body}`.toLowerCase().includes(wanted));
  if (chosen) {
    return <Filling template={chosen} conversationId={conversationId} onSent={onSent} />;
  }
  return (
    <>
      <TextInput
        data-autofocus
        aria-label={t("thread.template.search")}
        placeholder={t("thread.template.search")}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ul className={styles.list} aria-label={t("thread.template.choose")}>
        {found.map((one) => (
          <li key={keyOf(one)}>
            <button type="button" className={styles.row} onClick={() => setChosen(one)}>
              <span className={styles.name}>
                {one.name} <span className={styles.hint}>{one.language}</span>
              </span>
              <span className={styles.words}>{one.body}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface FillingProps {
  template: Template;
  conversationId: string;
  onSent: () => void;
}

function Filling({ template, conversationId, onSent }: FillingProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Record<string, string>>({});
  const send = useSendTemplate(conversationId, onSent);
  const complete = template.places.every((place) => values[place]?.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) send.mutate({ template, values });
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      {template.places.map((place, index) => (
        <TextInput
          key={place}
          data-autofocus={index === 0 || undefined}
          label={t("thread.template.value", { place })}
          value={values[place] ?? ""}
          onChange={({ currentTarget: { value } }) =>
            setValues((before) => ({ ...before, [place]: value }))
          }
          required
        />
      ))}
      <p className={styles.preview}>{filled(template, values)}</p>
      <Button type="submit" disabled={!complete} loading={send.isPending}>
        {t("thread.template.send")}
      </Button>
    </form>
  );
}
