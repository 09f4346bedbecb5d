import { Ban, RefreshCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { permissionName } from "../../access/rightWords";
import { fullTime } from "../../components/times";
import { useMe } from "../../session/MeContext";
import { countryName } from "../../sessions/country";
import { Deed } from "../Deed";
import styles from "../replies/Prepared.module.css";
import own from "./Keys.module.css";
import type { ApiKey } from "./queries";

const SOON_MS = 30 * 86_400_000;

interface RowProps {
  apiKey: ApiKey;
  /** Left out: whoever may make none any more. */
  onRotate?(): void;
  onRevoke(): void;
}

/** What a key may do, until when, and when it was last used. */
export function KeyRow({ apiKey, onRotate, onRevoke }: RowProps) {
  const { t } = useTranslation();
  const { name, begins, state } = apiKey;
  const alive = state === "running" || state === "overlapping";
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <bdi className={styles.name}>{name}</bdi>
          <code className={own.begins}>{begins}…</code>
          <span className={styles.tag} data-state={state}>
            {t(`keysPage.state.${state}`)}
          </span>
        </div>
        <Reach apiKey={apiKey} />
        <Times apiKey={apiKey} />
      </div>
      {alive && (
        <span className={styles.rowDeeds}>
          {state === "running" && onRotate && (
            <Deed label={t("keysPage.rotate", { name })} onClick={onRotate}>
              <RefreshCw size={16} />
            </Deed>
          )}
          <Deed label={t("keysPage.revoke", { name })} onClick={onRevoke}>
            <Ban size={16} />
          </Deed>
        </span>
      )}
    </li>
  );
}

function Reach({ apiKey: { permissions, lost, regions, addresses } }: { apiKey: ApiKey }) {
  const { t } = useTranslation();
  const comma = t("keysPage.comma");
  const names = (all: string[]) => all.map((one) => permissionName(one, t)).join(comma);
  return (
    <>
      <p className={styles.text} title={names(permissions)}>
        {regions.map((region) => region.name).join(comma)} ·{" "}
        {t("keysPage.may", { count: permissions.length })}
        {addresses.length > 0 && <> · {t("keysPage.from", { addresses: addresses.join(comma) })}</>}
      </p>
      {lost.length > 0 && (
        <p className={own.warning}>{t("keysPage.lost", { names: names(lost) })}</p>
      )}
    </>
  );
}

function Times({ apiKey }: { apiKey: ApiKey }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const { last_used_at, last_used_ip, last_used_country } = apiKey;
  const country = countryName(last_used_country, i18n.language);
  const used = last_used_at
    ? t(country ? "keysPage.usedIn" : "keysPage.used", {
        at: at(last_used_at),
        ip: last_used_ip || "–",
        country,
      })
    : t("keysPage.unused");
  return (
    <p className={styles.figures}>
      <Ending apiKey={apiKey} at={at} /> · {used}
    </p>
  );
}

function Ending({ apiKey, at }: { apiKey: ApiKey; at(iso: string): string }) {
  const { t } = useTranslation();
  const { state, ends_at, revoked_at } = apiKey;
  if (state === "revoked" && revoked_at) return t("keysPage.revokedAt", { at: at(revoked_at) });
  if (!ends_at) return t("keysPage.never");
  if (state === "ended") return t("keysPage.endedAt", { at: at(ends_at) });
  const soon = Date.parse(ends_at) - Date.now() < SOON_MS && state === "running";
  return soon ? (
    <span className={own.warning}>{t("keysPage.endsSoon", { at: at(ends_at) })}</span>
  ) : (
    t("keysPage.ends", { at: at(ends_at) })
  );
}
