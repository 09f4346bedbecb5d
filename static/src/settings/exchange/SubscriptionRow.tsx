import { KeyRound, List, Pencil, Power, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../../components/times";
import { notifyDone } from "../../components/toasts";
import { useMe } from "../../session/MeContext";
import { Deed } from "../Deed";
import { Sure } from "../keys/KeyDialogs";
import own from "../keys/Keys.module.css";
import styles from "../replies/Prepared.module.css";
import { DeliveriesDialog } from "./DeliveriesDialog";
import page from "./Exchange.module.css";
import { faultWords } from "./figures";
import { type Subscription, useKinds, useSubscriptionDeeds } from "./queries";
import { RotateDialog } from "./RotateDialog";
import { SubscriptionDialog } from "./SubscriptionDialog";

type Open = "log" | "edit" | "rotate" | "remove";
interface Told {
  name: string;
  secret: string;
}

interface RowProps {
  subscription: Subscription;
  onSecret(told: Told): void;
}

/** An address that is told what happens: of what, and whether it arrives there. */
export function SubscriptionRow({ subscription, onSecret }: RowProps) {
  const { t } = useTranslation();
  const { id, name, stopped_at } = subscription;
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <li className={styles.row}>
      <div className={`${styles.words} ${page.words}`}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.tag}>{t(stopped_at ? "exchange.off" : "exchange.on")}</span>
        </div>
        <State subscription={subscription} />
      </div>
      <Deeds subscription={subscription} onOpen={setOpen} />
      {open === "log" && <DeliveriesDialog subscription={subscription} onClose={close} />}
      {open === "edit" && <SubscriptionDialog subscription={subscription} onClose={close} />}
      {open === "rotate" && (
        <RotateDialog
          what="subscriptions"
          id={id}
          name={name}
          onMade={(secret) => {
            onSecret({ name, secret });
            close();
          }}
          onClose={close}
        />
      )}
      {open === "remove" && <Delete subscription={subscription} onClose={close} />}
    </li>
  );
}

interface DeedsProps {
  subscription: Subscription;
  onOpen(open: Open): void;
}

function Deeds({ subscription, onOpen }: DeedsProps) {
  const { t } = useTranslation();
  const { id, name, stopped_at } = subscription;
  const { change, test } = useSubscriptionDeeds();
  const off = stopped_at !== null;
  const sent = () => notifyDone(t("exchange.tested"));
  return (
    <span className={styles.rowDeeds}>
      <Deed label={t("exchange.log", { name })} onClick={() => onOpen("log")}>
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
      <Deed label={t("exchange.edit", { name })} onClick={() => onOpen("edit")}>
        <Pencil size={16} />
      </Deed>
      <Deed label={t("exchange.rotate", { name })} onClick={() => onOpen("rotate")}>
        <KeyRound size={16} />
      </Deed>
      <Deed
        label={t(off ? "exchange.switchOn" : "exchange.switchOff", { name })}
        onClick={() => change.mutate({ id, on: off })}
      >
        <Power size={16} />
      </Deed>
      <Deed label={t("exchange.delete", { name })} onClick={() => onOpen("remove")}>
        <Trash2 size={16} />
      </Deed>
    </span>
  );
}

function Delete({ subscription, onClose }: { subscription: Subscription; onClose(): void }) {
  const { t } = useTranslation();
  const { remove } = useSubscriptionDeeds();
  return (
    <Sure
      title={t("exchange.deleteTitle")}
      name={subscription.name}
      hint={t("exchange.deleteHint")}
      deed={t("exchange.deleteDo")}
      danger
      busy={remove.isPending}
      onDo={() => remove.mutate(subscription.id, { onSuccess: onClose })}
      onClose={onClose}
    />
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
