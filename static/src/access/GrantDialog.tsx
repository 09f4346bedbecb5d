import { Button, Modal, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import type { Grant } from "../api/types";
import { fullTime } from "../components/times";
import { dialOf, momentOf } from "../inbox/snoozeTimes";
import { useMay, useMe } from "../session/MeContext";
import styles from "./Access.module.css";
import { useEndGrant, useExtendGrant } from "./queries";
import { rightName } from "./rightWords";

/** One permission for a time: what, why, by whom; longer or over. */
export function GrantDialog({ grant, onClose }: { grant: Grant; onClose(): void }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const mayGive = useMay("grant.give");
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const manageable = mayGive && !grant.mine && grant.state !== "over";
  return (
    <Modal
      opened
      onClose={onClose}
      title={grant.person.name}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={styles.form}>
        <p className={styles.what}>{rightName(grant.right, t)}</p>
        <p className={styles.reason}>{grant.reason}</p>
        <p className={styles.hint}>
          {t("access.span", {
            from: at(grant.starts_at),
            until: at(grant.ended_at ?? grant.ends_at),
          })}{" "}
          {grant.given_by && t("access.givenBy", { name: grant.given_by.name })}
        </p>
        {manageable && (
          <>
            <Extend grant={grant} onDone={onClose} />
            <End grant={grant} onDone={onClose} />
          </>
        )}
      </div>
    </Modal>
  );
}

/** Asked twice, with a reason: somebody loses it in the middle of their work. */
function End({ grant, onDone }: { grant: Grant; onDone(): void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const [reason, setReason] = useState("");
  const end = useEndGrant();
  if (!asked) {
    return (
      <Button variant="light" color="red" onClick={() => setAsked(true)}>
        {t("access.endNow")}
      </Button>
    );
  }
  const submit = (event: FormEvent) => {
    event.preventDefault();
    end.mutate({ id: grant.id, reason }, { onSuccess: onDone });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label={t("access.endReason")}
        description={t("access.endSure", { name: grant.person.name })}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autosize
        required
        data-autofocus
      />
      <Button type="submit" color="red" loading={end.isPending} disabled={!reason.trim()}>
        {t("access.endNow")}
      </Button>
    </form>
  );
}

function Extend({ grant, onDone }: { grant: Grant; onDone(): void }) {
  const { t } = useTranslation();
  const { time_zone } = useMe();
  const [until, setUntil] = useState(() => dialOf(new Date(grant.ends_at), time_zone));
  const [reason, setReason] = useState("");
  const extend = useExtendGrant();
  const refusal = extend.error instanceof ApiError ? extend.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const ends_at = momentOf(until, time_zone).toISOString();
    extend.mutate({ id: grant.id, ends_at, reason }, { onSuccess: onDone });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        type="datetime-local"
        label={t("access.newEnd")}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        error={refusal && `${refusal.message} ${refusal.remedy ?? ""}`}
        required
      />
      <Textarea
        label={t("access.reason")}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autosize
        required
      />
      <Button
        type="submit"
        variant="default"
        loading={extend.isPending}
        disabled={!until || !reason.trim()}
      >
        {t("access.extend")}
      </Button>
    </form>
  );
}
