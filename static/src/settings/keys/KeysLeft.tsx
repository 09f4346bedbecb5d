import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../factor/Factor.module.css";
import { useMe } from "../../session/MeContext";
import rows from "../replies/Prepared.module.css";
import { RevokeDialog } from "./KeyDialogs";
import { KeyRow } from "./KeyRow";
import { type ApiKey, useApiKeys } from "./queries";
import "./words";
import "../../access/words";

/** Keys that still work, of somebody who may make none any more: they have no page of keys. */
export function KeysLeft() {
  return useMe().permissions.includes("key.make") ? null : <Left />;
}

function Left() {
  const { t } = useTranslation();
  const { data } = useApiKeys();
  const [open, setOpen] = useState<ApiKey | null>(null);
  const all = (data?.results ?? []) as ApiKey[];
  const left = all.filter(({ state }) => state === "running" || state === "overlapping");
  if (left.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{t("keysPage.left.title")}</h2>
      <p className={styles.hint}>{t("keysPage.left.hint")}</p>
      <ul className={rows.rows}>
        {left.map((key) => (
          <KeyRow key={key.id} apiKey={key} onRevoke={() => setOpen(key)} />
        ))}
      </ul>
      {open && <RevokeDialog apiKey={open} onClose={() => setOpen(null)} />}
    </section>
  );
}
