import { Pause, Play, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../../components/times";
import { useMe } from "../../session/MeContext";
import { Deed } from "../Deed";
import { Sure } from "../keys/KeyDialogs";
import own from "../keys/Keys.module.css";
import styles from "../replies/Prepared.module.css";
import { faultWords, shareRead } from "./figures";
import { type Source, useSourceDeeds } from "./queries";

/** A connected system: what it is doing, how far it is, and what went wrong last. */
export function SourceRow({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { id, name, code, kind, paused_at } = source;
  const { change, read, remove } = useSourceDeeds();
  const [sure, setSure] = useState(false);
  const paused = paused_at !== null;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <code className={own.begins}>{code}</code>
          <span className={styles.tag}>{t(`exchange.kind.${kind}`)}</span>
          <span className={styles.tag}>{t(`exchange.doing.${source.doing}`)}</span>
        </div>
        <Told source={source} />
      </div>
      <span className={styles.rowDeeds}>
        {kind !== "webhook" && (
          <Deed label={t("exchange.readAnew", { name })} onClick={() => read.mutate(id)}>
            <RotateCcw size={16} />
          </Deed>
        )}
        <Deed
          label={t(paused ? "exchange.resume" : "exchange.pause", { name })}
          onClick={() => change.mutate({ id, paused: !paused })}
        >
          {paused ? <Play size={16} /> : <Pause size={16} />}
        </Deed>
        <Deed label={t("exchange.disconnect", { name })} onClick={() => setSure(true)}>
          <Trash2 size={16} />
        </Deed>
      </span>
      {sure && (
        <Sure
          title={t("exchange.disconnectTitle")}
          name={name}
          hint={t("exchange.disconnectHint")}
          deed={t("exchange.disconnectDo")}
          danger
          busy={remove.isPending}
          onDo={() => remove.mutate(id, { onSuccess: () => setSure(false) })}
          onClose={() => setSure(false)}
        />
      )}
    </li>
  );
}

function Told({ source }: { source: Source }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const share = shareRead(source);
  return (
    <>
      <p className={styles.text}>
        {source.kind === "webhook"
          ? t("exchange.sendTo", { path: source.webhook_path })
          : source.base_url}
      </p>
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
        </p>
      )}
      <p className={styles.figures}>
        {source.told_at ? t("exchange.told", { at: at(source.told_at) }) : t("exchange.untold")}
      </p>
    </>
  );
}
