import { List, Power, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../../components/times";
import { notifyDone } from "../../components/toasts";
import { useMe } from "../../session/MeContext";
import { Deed } from "../Deed";
import { Sure } from "../keys/KeyDialogs";
import own from "../keys/Keys.module.css";
import styles from "../replies/Prepared.module.css";
import { faultWords } from "./figures";
import { type Subscription, useKinds, useSubscriptionDeeds } from "./queries";

interface RowProps {
  subscription: Subscription;
  onLog(): void;
}

/** An address that is told what happens: of what, and whether it arrives there. */
export function SubscriptionRow({ subscription, onLog }: RowProps) {
  const { t } = useTranslation();
  const { id, name, stopped_at } = subscription;
  const { change, test, remove } = useSubscriptionDeeds();
  const [sure, setSure] = useState(false);
  const off = stopped_at !== null;
  const sent = () => notifyDone(t("exchange.tested"));
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.tag}>{t(off ? "exchange.off" : "exchange.on")}</span>
        </div>
        <State subscription={subscription} />
      </div>
      <span className={styles.rowDeeds}>
        <Deed label={t("exchange.log", { name })} onClick={onLog}>
          <List size={16} />
        </Deed>
        {!off && (
          <Deed
            label={t("exchange.test", { name })}
            onClick={() => test.mutate(id, { onSuccess: sent })}
          >
            <Send size={16} />
          </Deed>
        )}
        <Deed
          label={t(off ? "exchange.switchOn" : "exchange.switchOff", { name })}
          onClick={() => change.mutate({ id, on: off })}
        >
          <Power size={16} />
        </Deed>
        <Deed label={t("exchange.delete", { name })} onClick={() => setSure(true)}>
          <Trash2 size={16} />
        </Deed>
      </span>
      {sure && (
        <Sure
          title={t("exchange.deleteTitle")}
          name={name}
          hint={t("exchange.deleteHint")}
          deed={t("exchange.deleteDo")}
          danger
          busy={remove.isPending}
          onDo={() => remove.mutate(id, { onSuccess: () => setSure(false) })}
          onClose={() => setSure(false)}
        />
      )}
    </li>
  );
}

function State({ subscription }: { subscription: Subscription }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const known = useKinds().data?.results ?? [];
  const { url, kinds, waiting, dead, failing_since, stopped_why } = subscription;
  const words = kinds.map((one) => known.find(({ name }) => name === one)?.words ?? one);
  const since = failing_since && fullTime(failing_since, i18n.language, time_zone);
  return (
    <>
      <p className={styles.text}>{url}</p>
      <p className={styles.figures}>{words.join(t("exchange.comma"))}</p>
      {since && <p className={own.warning}>{t("exchange.failing", { since })}</p>}
      {stopped_why && <p className={own.warning}>{faultWords(t, stopped_why)}</p>}
      {(waiting > 0 || dead > 0) && (
        <p className={styles.figures}>{t("exchange.figures", { waiting, dead })}</p>
      )}
    </>
  );
}
