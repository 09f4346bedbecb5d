import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../components/Page";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { notifyDone, notifyError } from "../components/toasts";
import { useMe } from "../session/MeContext";
import { DevicesPart } from "../sessions/DevicesPart";
import { SessionsPart } from "../sessions/SessionsPart";
import { KeysLeft } from "../settings/keys/KeysLeft";
import { CodesDialog } from "./CodesDialog";
import { EnrolDialog } from "./EnrolDialog";
import styles from "./Factor.module.css";
import { OwnPassword } from "./OwnPassword";
import { Passkeys } from "./Passkeys";
import { type Factor, useFactor, useNewCodes, useRemoveFactor } from "./queries";
import "./words";

const FEW = 3;

/** One's own account: what is needed besides the password, and where it is in use. */
export default function SecurityPage() {
  const { t } = useTranslation();
  const { data, isError, error, refetch } = useFactor();
  const [codes, setCodes] = useState<string[] | null>(null);
  return (
    <Page title={t("factor.title")}>
      <main className={styles.main}>
        <div className={styles.sheet}>
          <h1 className={styles.title}>{t("factor.title")}</h1>
          {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
          {!data && !isError && <p className={styles.hint}>{t("inbox.loading")}</p>}
          {data &&
            (data.enrolled ? (
              <Enrolled factor={data} onCodes={setCodes} />
            ) : (
              <None onCodes={setCodes} />
            ))}
          {data && (
            <Passkeys first={!data.enrolled && data.recovery_left === 0} onCodes={setCodes} />
          )}
          <OwnPassword />
          <SessionsPart />
          <DevicesPart />
          <KeysLeft />
          {codes && <CodesDialog codes={codes} onClose={() => setCodes(null)} />}
        </div>
      </main>
    </Page>
  );
}

interface PartProps {
  /** They are shown this once, whatever the page shows by then. */
  onCodes(codes: string[]): void;
}

function None({ onCodes }: PartProps) {
  const { t } = useTranslation();
  const [begun, setBegun] = useState(false);
  return (
    <section className={styles.part}>
      <h2>{t("factor.name")}</h2>
      <p className={styles.hint}>{t("factor.why")}</p>
      <Button onClick={() => setBegun(true)}>{t("factor.setUp")}</Button>
      {begun && <EnrolDialog onDone={onCodes} onClose={() => setBegun(false)} />}
    </section>
  );
}

function Enrolled({ factor, onCodes }: PartProps & { factor: Factor }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const renew = useNewCodes();
  const remove = useRemoveFactor();
  const at = (iso: string | null) => (iso ? fullTime(iso, i18n.language, time_zone) : "–");
  const drop = () => {
    if (!window.confirm(t("factor.removeSure"))) return;
    remove.mutate(undefined, {
      onSuccess: () => notifyDone(t("factor.removed")),
      onError: notifyError,
    });
  };
  return (
    <section className={styles.part}>
      <h2>{t("factor.inForce")}</h2>
      <ul className={styles.facts}>
        <li>{t("factor.since", { at: at(factor.since) })}</li>
        <li>{t("factor.lastUsed", { at: at(factor.last_used_at) })}</li>
        <li className={factor.recovery_left < FEW ? styles.low : undefined}>
          {t("factor.left", { n: factor.recovery_left })}
        </li>
      </ul>
      <div className={styles.deeds}>
        <Button
          variant="default"
          loading={renew.isPending}
          onClick={() =>
            renew.mutate(undefined, {
              onSuccess: (made) => onCodes(made.codes),
              onError: notifyError,
            })
          }
        >
          {t("factor.renew")}
        </Button>
        <Button variant="default" color="red" loading={remove.isPending} onClick={drop}>
          {t("factor.remove")}
        </Button>
      </div>
    </section>
  );
}
