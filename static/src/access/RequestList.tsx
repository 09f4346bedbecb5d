import { Button } from "@mantine/core";
import { Inbox } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AccessRequest } from "../api/types";
import { FailedNotice, Notice } from "../components/states";
import { fullTime, span, useMinute } from "../components/times";
import { useMe } from "../session/MeContext";
import styles from "./Access.module.css";
import AskDialog from "./AskDialog";
import { DecideDialog } from "./DecideDialog";
import { hoursWords } from "./hours";
import { type Box, useDecide, useRequests } from "./queries";
import { rightName } from "./rightWords";

/** Requests of one kind, the latest first. */
export function RequestList({ box }: { box: Box }) {
  return (
    <>
      {box === "mine" && <AskButton />}
      <Requests box={box} />
    </>
  );
}

/** Nothing has to be refused first. */
function AskButton() {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  return (
    <div className={styles.bar}>
      <Button size="compact-md" variant="default" onClick={() => setAsking(true)}>
        {t("access.ask.open")}
      </Button>
      {asking && <AskDialog lacking={null} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Requests({ box }: { box: Box }) {
  const { t } = useTranslation();
  const query = useRequests(box);
  if (query.isError && !query.data) {
    return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  }
  if (query.isPending) return <p className={styles.hint}>{t("access.loading")}</p>;
  if (query.data?.length === 0) {
    return <Notice icon={<Inbox size={28} />} title={t(`access.empty.${box}`)} />;
  }
  return (
    <>
      <ul className={styles.list}>
        {query.data?.map((request) => (
          <Line key={request.id} request={request} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("access.more")}
        </Button>
      )}
    </>
  );
}

function Line({ request }: { request: AccessRequest }) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.what}>
          {!request.mine && <strong>{request.asker.name} </strong>}
          {rightName(request.right, t)}
        </p>
        <p className={styles.reason}>{request.reason}</p>
        <p className={styles.hint}>
          <When request={request} />
        </p>
        {request.comment && (
          <p className={styles.reason}>
            {t("access.comment", { name: request.decided_by?.name, comment: request.comment })}
          </p>
        )}
      </div>
      <Deeds request={request} />
    </li>
  );
}

function When({ request }: { request: AccessRequest }) {
  const { t, i18n } = useTranslation();
  const now = useMinute();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  if (request.state === "open") {
    const waited = span(Math.max(0, now - Date.parse(request.asked_at)), t);
    return t("access.waits", { waited, wanted: hoursWords(request.hours, t) });
  }
  if (request.state === "approved" && request.ends_at) {
    return t("access.state.approved", {
      name: request.decided_by?.name ?? "",
      until: at(request.ends_at),
    });
  }
  return t(`access.state.${request.state}`, {
    name: request.decided_by?.name ?? "",
    at: at(request.decided_at ?? request.asked_at),
  });
}

function Deeds({ request }: { request: AccessRequest }) {
  const { t } = useTranslation();
  const decide = useDecide();
  const [deciding, setDeciding] = useState<"approve" | "refuse" | null>(null);
  if (request.state !== "open") return null;
  if (request.mine) {
    return (
      <Button
        variant="default"
        size="compact-sm"
        loading={decide.isPending}
        onClick={() => decide.mutate({ id: request.id, deed: "withdraw" })}
      >
        {t("access.withdraw")}
      </Button>
    );
  }
  return (
    <div className={styles.deeds}>
      <Button size="compact-sm" onClick={() => setDeciding("approve")}>
        {t("access.approve")}
      </Button>
      <Button variant="default" size="compact-sm" onClick={() => setDeciding("refuse")}>
        {t("access.refuse")}
      </Button>
      {deciding && (
        <DecideDialog request={request} deed={deciding} onClose={() => setDeciding(null)} />
      )}
    </div>
  );
}
