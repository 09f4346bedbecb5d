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
import { TierPart } from "../tier/TierPart";
import { CodesDialog } from "./CodesDialog";
import { EnrolDialog } from "./EnrolDialog";
import styles from "./Factor.module.css";
import { OwnPassword } from "./OwnPassword";
import { Passkeys } from "./Passkeys";
import { usePasskeys } from "./passkeyQueries";
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
          <TierPart onCodes={setCodes} />
          {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
          {!data && !isError && <p className={styles.hint}>{t("inbox.loading")}</p>}
          {data && <Factors factor={data} onCodes={setCodes} />}
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

/** An app, passkeys, and the codes for when either is gone, whichever it is. */
function Factors({ factor, onCodes }: PartProps & { factor: Factor }) {
  const { data: passkeys = [] } = usePasskeys();
  const held = factor.enrolled || passkeys.length > 0;
  return (
    <>
      {factor.enrolled ? <Enrolled factor={factor} /> : <None onCodes={onCodes} />}
      <Passkeys first={!held && !factor.recovery_left} onCodes={onCodes} />
      {held && <Codes left={factor.recovery_left} onCodes={onCodes} />}
    </>
  );
}

function Codes({ left, onCodes }: PartProps & { left: number }) {
  const { t } = useTranslation();
  const renew = useNewCodes();
  const draw = () =>
    renew.mutate(undefined, { onSuccess: (made) => onCodes(made.codes), onError: notifyError });
  return (
    <section className={styles.part}>
      <h2>{t("factor.codes.name")}</h2>
      <p className={left < FEW ? styles.low : styles.hint}>{t("factor.left", { n: left })}</p>
      <Button variant="default" loading={renew.isPending} onClick={draw}>
        {t("factor.renew")}
      </Button>
    </section>
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

function Enrolled({ factor }: { factor: Factor }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
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
      </ul>
      <div className={styles.deeds}>
        <Button variant="default" color="red" loading={remove.isPending} onClick={drop}>
          {t("factor.remove")}
        </Button>
      </div>
    </section>
  );
}
