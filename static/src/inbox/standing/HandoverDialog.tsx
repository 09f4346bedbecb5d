import { Button, Modal, Select, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import { useAssignees } from "../../api/queries";
import type { Conversation } from "../../api/types";
import { notifyDone, notifyError } from "../../components/toasts";
import { useMe } from "../../session/MeContext";
import { useHandOver } from "../../thread/asides/queries";
import styles from "./Standing.module.css";

const LONGEST = 1000;
const PARTS = [
  { part: "asked", words: "handover.asked" },
  { part: "done", words: "handover.done" },
  { part: "open", words: "handover.open" },
] as const;

interface DialogProps {
  conversation: Conversation;
  onClose: () => void;
}

/** To whom it goes, and what they need to know. */
export default function HandoverDialog({ conversation, onClose }: DialogProps) {
  const { t } = useTranslation();
  const taker = useTakers(conversation);
  const [to, setTo] = useState<string | null>(null);
  const [summary, setSummary] = useState({ asked: "", done: "", open: "" });
  const handOver = useHandOver(conversation.id);
  const refusal = handOver.error instanceof ApiError ? handOver.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const [kind, id] = to?.split(":") ?? [];
    if (!id) return;
    const wish = {
      person: kind === "person" ? Number(id) : null,
      team: kind === "team" ? Number(id) : null,
      ...summary,
    };
    // What was handed over may be out of one's sight before the answer is there.
    handOver.mutateAsync(wish).then(
      () => {
        notifyDone(t("handover.doneToast", { name: taker.nameOf(to) }));
        onClose();
      },
      (error) => {
        if (!(error instanceof ApiError && error.field && error.field in summary)) {
          notifyError(error);
        }
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("handover.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <Select
          data-autofocus
          label={t("handover.to")}
          placeholder={t("handover.toPlaceholder")}
          data={taker.options}
          value={to}
          onChange={setTo}
          searchable
          required
          comboboxProps={{ withinPortal: false }}
        />
        {PARTS.map(({ part, words }) => (
          <Textarea
            key={part}
            label={t(words)}
            autosize
            minRows={2}
            maxLength={LONGEST}
            value={summary[part]}
            error={refusal?.field === part ? `${refusal.message} ${refusal.remedy ?? ""}` : null}
            onChange={(event) => setSummary({ ...summary, [part]: event.currentTarget.value })}
          />
        ))}
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!to} loading={handOver.isPending}>
            {t("handover.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** Those it can be given to, but oneself, in the order the server thinks best. */
function useTakers(conversation: Conversation) {
  const { t } = useTranslation();
  const me = useMe();
  const { people = [], teams = [] } = useAssignees(conversation.id, true).data ?? {};
  const items = people
    .filter(({ id }) => id !== me.id)
    .map(({ id, name }) => ({ value: `person:${id}`, label: name }));
  const ofTeams = teams.map(({ id, name }) => ({ value: `team:${id}`, label: name }));
  const options = [
    { group: t("handover.people"), items },
    { group: t("handover.teams"), items: ofTeams },
  ].filter((group) => group.items.length > 0);
  const nameOf = (value: string | null) =>
    [...items, ...ofTeams].find((one) => one.value === value)?.label ?? "";
  return { options, nameOf };
}
