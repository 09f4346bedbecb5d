import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePeople } from "../api/queries";
import { Tick } from "../components/Tick";
import { useMe } from "../session/MeContext";
import { FormDialog } from "./FormDialog";
import { MentorsField } from "./PeopleField";
import { useTraineeDeed, useTrainees } from "./queries";

/** Begins somebody's traineeship. */
export function StartDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const me = useMe();
  const people = usePeople().data ?? [];
  const running = new Set(
    useTrainees().data?.flatMap(({ person, ended_how }) => (ended_how ? [] : person.id)),
  );
  const start = useTraineeDeed();
  const [who, setWho] = useState<string | null>(null);
  const [mentors, setMentors] = useState<string[]>([]);
  const [until, setUntil] = useState("");
  const [holds, setHolds] = useState(true);
  const free = people.filter(({ id }) => id !== me.id && !running.has(id));
  const send = () =>
    start.mutate(
      {
        deed: "start",
        user_id: Number(who),
        mentors: mentors.map(Number),
        holds_replies: holds,
        ends_on: until || null,
      },
      { onSuccess: onClose },
    );
  return (
    <FormDialog
      title={t("coaching.start.title")}
      send={t("coaching.start.send")}
      ready={who !== null}
      busy={start.isPending}
      error={start.error}
      onSend={send}
      onClose={onClose}
    >
      <Select
        data-autofocus
        label={t("coaching.start.who")}
        data={free.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={who}
        onChange={setWho}
        searchable
        required
        nothingFoundMessage={t("coaching.nobody")}
      />
      <MentorsField value={mentors} trainee={who ? Number(who) : null} onChange={setMentors} />
      <TextInput
        type="date"
        label={t("coaching.start.until")}
        description={t("coaching.start.untilHint")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Tick checked={holds} onChange={setHolds}>
        {t("coaching.start.holds")}
      </Tick>
    </FormDialog>
  );
}
