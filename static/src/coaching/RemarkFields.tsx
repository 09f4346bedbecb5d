import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page, WireMessage } from "../api/types";
import styles from "./Coaching.module.css";
import review from "./Review.module.css";

export type Remarks = Record<string, string>;

interface FieldsProps {
  conversationId: string;
  /** Whose messages are remarked on. */
  personId: number | null;
  value: Remarks;
  onChange(value: Remarks): void;
}

const NEWEST = 60;

/** The person's messages of the case, each with room for a remark; what the customer said stands between them. */
export function RemarkFields({ conversationId, personId, value, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: [...keys.coachingOf(conversationId), "messages"],
    queryFn: ({ signal }) =>
      api.get<Page<WireMessage>>(
        `conversations/${conversationId}/messages?limit=${NEWEST}`,
        signal,
      ),
    select: (page) => [...page.results].reverse(),
  });
  if (!data) return <p className={styles.muted}>{t("coaching.loading")}</p>;
  return (
    <section>
      <h3 className={styles.heading}>{t("coaching.score.messages")}</h3>
      <ol className={review.said}>
        {data.map((message) => (
          <li key={message.id} data-direction={message.direction}>
            <p dir="auto">
              {message.content.text ||
                t(`inbox.kind.${message.kind}`, { defaultValue: message.kind })}
            </p>
            {message.author?.id === personId && (
              <TextInput
                size="xs"
                aria-label={t("coaching.score.remark")}
                placeholder={t("coaching.score.remark")}
                maxLength={2000}
                value={value[message.id] ?? ""}
                onChange={(event) =>
                  onChange({ ...value, [message.id]: event.currentTarget.value })
                }
              />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
