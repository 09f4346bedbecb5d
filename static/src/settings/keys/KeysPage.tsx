import { Button } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../../components/states";
import styles from "../replies/Prepared.module.css";
import { SettingsPage } from "../SettingsPage";
import { KeyDialog } from "./KeyDialog";
import { RevokeDialog, RotateDialog } from "./KeyDialogs";
import { KeyRow } from "./KeyRow";
import { type ApiKey, useApiKeys } from "./queries";
import { SecretDialog } from "./SecretDialog";
import "./words";
import "../../access/words";
import "../../mantineLater";

/** Keys for programs: made, rotated, revoked. */
export default function KeysPage() {
  return (
    <SettingsPage section="keys">
      <Keys />
    </SettingsPage>
  );
}

type Open = { deed: "make" } | { deed: "rotate" | "revoke"; key: ApiKey };

function Keys() {
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch } = useApiKeys();
  const [open, setOpen] = useState<Open | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setOpen(null);
  const made = (told: string) => {
    setSecret(told);
    close();
  };
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t("keysPage.title")}</h1>
        <Button
          leftSection={<Plus size={15} />}
          disabled={!data}
          onClick={() => setOpen({ deed: "make" })}
        >
          {t("keysPage.add")}
        </Button>
      </div>
      {isPending && <p className={styles.hint}>{t("keysPage.loading")}</p>}
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {data && (
        <>
          <p className={styles.hint}>{t("keysPage.hint", { rate: data.calls_per_second })}</p>
          {data.results.length === 0 && <p className={styles.hint}>{t("keysPage.none")}</p>}
          {data.results.length > 0 && (
            <ul className={styles.rows}>
              {(data.results as ApiKey[]).map((key) => (
                <KeyRow
                  key={key.id}
                  apiKey={key}
                  onRotate={() => setOpen({ deed: "rotate", key })}
                  onRevoke={() => setOpen({ deed: "revoke", key })}
                />
              ))}
            </ul>
          )}
          {open?.deed === "make" && (
            <KeyDialog longest={data.longest_days} onMade={made} onClose={close} />
          )}
          {open?.deed === "rotate" && (
            <RotateDialog
              apiKey={open.key}
              days={data.overlap_days}
              onMade={made}
              onClose={close}
            />
          )}
          {open?.deed === "revoke" && <RevokeDialog apiKey={open.key} onClose={close} />}
        </>
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </div>
  );
}
