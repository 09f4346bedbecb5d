import { KeyRound, List, Pause, Pencil, Play, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../../components/times";
import { useMe } from "../../session/MeContext";
import { Deed } from "../Deed";
import { Sure } from "../keys/KeyDialogs";
import own from "../keys/Keys.module.css";
import styles from "../replies/Prepared.module.css";
import { CopyAddress } from "./CopyAddress";
import { EditSourceDialog } from "./EditSourceDialog";
import page from "./Exchange.module.css";
import { faultWords, shareRead } from "./figures";
import { HooksDialog } from "./HooksDialog";
import { type Source, useSourceDeeds } from "./queries";
import { RotateDialog } from "./RotateDialog";

type Open = "edit" | "hooks" | "rotate" | "remove";

interface RowProps {
  source: Source;
  onSecret(told: { name: string; secret: string }): void;
}

/** A connected system: what it is doing, how far it is, and what went wrong last. */
export function SourceRow({ source, onSecret }: RowProps) {
  const { t } = useTranslation();
  const { name, code, kind } = source;
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  return (
    <li className={styles.row}>
      <div className={`${styles.words} ${page.words}`}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <code className={own.begins}>{code}</code>
          <span className={styles.tag}>{t(`exchange.kind.${kind}`)}</span>
          <span className={styles.tag}>{t(`exchange.doing.${source.doing}`)}</span>
        </div>
        <Told source={source} />
      </div>
      <Deeds source={source} onOpen={setOpen} />
      {open === "edit" && <EditSourceDialog source={source} onClose={close} />}
      {open === "hooks" && <HooksDialog source={source} onClose={close} />}
      {open === "rotate" && (
        <RotateDialog
          what="sources"
          id={source.id}
          name={name}
          onMade={(secret) => {
            onSecret({ name, secret });
            close();
          }}
          onClose={close}
        />
      )}
      {open === "remove" && <Disconnect source={source} onClose={close} />}
    </li>
  );
}

function Deeds({ source, onOpen }: { source: Source; onOpen(open: Open): void }) {
  const { t } = useTranslation();
  const { id, name, kind, paused_at } = source;
  const { change, read } = useSourceDeeds();
  const paused = paused_at !== null;
  return (
    <span className={styles.rowDeeds}>
      {kind === "webhook" ? (
        <>
          <Deed label={t("exchange.hooks", { name })} onClick={() => onOpen("hooks")}>
            <List size={16} />
          </Deed>
          <Deed label={t("exchange.rotate", { name })} onClick={() => onOpen("rotate")}>
            <KeyRound size={16} />
          </Deed>
        </>
      ) : (
        <Deed label={t("exchange.readAnew", { name })} onClick={() => read.mutate(id)}>
          <RotateCcw size={16} />
        </Deed>
      )}
      <Deed label={t("exchange.edit", { name })} onClick={() => onOpen("edit")}>
        <Pencil size={16} />
      </Deed>
      <Deed
        label={t(paused ? "exchange.resume" : "exchange.pause", { name })}
        onClick={() => change.mutate({ id, paused: !paused })}
      >
        {paused ? <Play size={16} /> : <Pause size={16} />}
      </Deed>
      <Deed label={t("exchange.disconnect", { name })} onClick={() => onOpen("remove")}>
        <Trash2 size={16} />
      </Deed>
    </span>
  );
}

function Disconnect({ source, onClose }: { source: Source; onClose(): void }) {
  const { t } = useTranslation();
  const { remove } = useSourceDeeds();
  return (
    <Sure
      title={t("exchange.disconnectTitle")}
      name={source.name}
      hint={t("exchange.disconnectHint")}
      deed={t("exchange.disconnectDo")}
      danger
      busy={remove.isPending}
      onDo={() => remove.mutate(source.id, { onSuccess: onClose })}
      onClose={onClose}
    />
  );
}

function Told({ source }: { source: Source }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const share = shareRead(source);
  return (
    <>
      {source.kind === "webhook" ? (
        <CopyAddress path={source.webhook_path} />
      ) : (
        <p className={styles.text}>{source.base_url}</p>
      )}
      {source.counts.length > 0 && (
        <p className={styles.figures}>
          {source.counts.map((one) => t(`exchange.count.${one.resource}`, { ...one })).join(" · ")}
        </p>
      )}
      {share !== null && (
        <progress max={100} value={share} aria-label={t("exchange.progress", { share })} />
      )}
      {source.error && (
        <p className={own.warning}>
          {faultWords(t, source.error)}
          {source.error_at && ` · ${at(source.error_at)}`}
          {source.paused_at === null &&
            source.next_at &&
            ` · ${t("exchange.next", { at: at(source.next_at) })}`}
        </p>
      )}
      <p className={styles.figures}>
        {source.told_at ? t("exchange.told", { at: at(source.told_at) }) : t("exchange.untold")}
      </p>
    </>
  );
}
