import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../../components/states";
import { fullTime } from "../../components/times";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { useMe } from "../../session/MeContext";
import own from "../keys/Keys.module.css";
import styles from "../replies/Prepared.module.css";
import { faultWords } from "./figures";
import {
  type Delivery,
  type Subscription,
  useDeliveries,
  useKinds,
  useSubscriptionDeeds,
} from "./queries";

interface DialogProps {
  subscription: Subscription;
  onClose(): void;
}

/** What was told to an address, each with its attempts; what is dead can be sent again. */
export function DeliveriesDialog({ subscription, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { id, name, dead, stopped_at } = subscription;
  const { data, isPending, isError, error, refetch, hasNextPage, fetchNextPage } =
    useDeliveries(id);
  const { redeliver } = useSubscriptionDeeds();
  const rows = data?.pages.flatMap(({ results }) => results) ?? [];
  const again = (ids?: string[]) =>
    redeliver.mutate(
      { id, ids },
      { onSuccess: ({ replayed }) => notifyDone(t("exchange.replayed", { count: replayed })) },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("exchange.log", { name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={quick.form}>
        {isPending && <p className={quick.muted}>{t("exchange.loading")}</p>}
        {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
        {data && rows.length === 0 && <p className={quick.muted}>{t("exchange.noDeliveries")}</p>}
        {rows.length > 0 && (
          <ul className={styles.rows}>
            {rows.map((row) => (
              <Line
                key={row.id}
                row={row}
                onAgain={stopped_at === null ? () => again([row.id]) : null}
              />
            ))}
          </ul>
        )}
        <div className={quick.deeds}>
          {hasNextPage && (
            <Button variant="default" onClick={() => fetchNextPage()}>
              {t("exchange.older")}
            </Button>
          )}
          {dead > 0 && stopped_at === null && (
            <Button loading={redeliver.isPending} onClick={() => again()}>
              {t("exchange.replayDead", { count: dead })}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  );
}

function Line({ row, onAgain }: { row: Delivery; onAgain: (() => void) | null }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const last = row.tries.at(-1);
  const known = useKinds().data?.results ?? [];
  const words =
    row.kind === "test"
      ? t("exchange.testKind")
      : (known.find(({ name }) => name === row.kind)?.words ?? row.kind);
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <span className={styles.name}>{words}</span>
          <code className={own.begins}>{row.kind}</code>
          <span className={styles.tag}>{t(`exchange.state.${row.state}`)}</span>
        </div>
        <p className={styles.figures}>
          {at(row.happened_at)} · {t("exchange.tries", { count: row.attempts })}
          {last && ` · ${last.error ? faultWords(t, last.error) : last.status} · ${last.ms} ms`}
          {row.due_at && ` · ${t("exchange.next", { at: at(row.due_at) })}`}
        </p>
      </div>
      {onAgain && row.state !== "waiting" && (
        <Button variant="default" size="compact-sm" onClick={onAgain}>
          {t("exchange.again")}
        </Button>
      )}
    </li>
  );
}
