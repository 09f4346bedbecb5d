import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime, useMinute } from "../components/times";
import { notifyDone, saidByToast } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Bin.module.css";
import { type BinDeed, type Deletion, useBinDeed } from "./queries";
import { useRestored } from "./useRestored";
import { WhyDialog } from "./WhyDialog";

const DAY_MS = 86_400_000;

export function BinRow({ row }: { row: Deletion }) {
  const { t } = useTranslation();
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <p className={styles.who}>
          {row.contact.name}
          <span className={styles.channel}>
            {[row.contact.phone, row.channel_name].filter(Boolean).join(" · ")}
          </span>
        </p>
        <p className={styles.reason}>{row.reason}</p>
        <Facts row={row} />
        {row.hold && (
          <p className={styles.held}>
            {t("binPage.held", { name: row.hold.by?.name ?? "", reason: row.hold.reason })}
          </p>
        )}
        {row.state === "binned" && !row.hold && !row.purge_at && (
          <p className={styles.held}>{t("binPage.heldByContact")}</p>
        )}
        {row.purge_asked_by && row.state === "binned" && (
          <p className={styles.held}>
            {t("binPage.purgeAsked", { name: row.purge_asked_by.name })}
          </p>
        )}
      </div>
      <Deeds row={row} />
    </li>
  );
}

/** Who, when, who confirmed it, what was stopped, and how long there is. */
function Facts({ row }: { row: Deletion }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const now = useMinute();
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const facts = [t("binPage.by", { name: row.asked_by?.name ?? "", at: at(row.asked_at) })];
  if (row.confirmed_by) facts.push(t("binPage.confirmedBy", { name: row.confirmed_by.name }));
  if (row.stopped > 0) facts.push(t("binPage.stopped", { n: row.stopped }));
  if (row.expires_at) facts.push(t("binPage.expires", { at: at(row.expires_at) }));
  const days = row.purge_at && Math.ceil((Date.parse(row.purge_at) - now) / DAY_MS);
  return (
    <p className={styles.facts}>
      {facts.join(" · ")}
      {row.state === "purging" && <span className={styles.late}> · {t("binPage.purging")}</span>}
      {row.state === "binned" && typeof days === "number" && (
        <span className={days <= 3 ? styles.late : undefined}>
          {" · "}
          {t("binPage.daysLeft", { n: Math.max(0, days) })}
        </span>
      )}
    </p>
  );
}

function Deeds({ row }: { row: Deletion }) {
  const { t } = useTranslation();
  const me = useMe();
  const deed = useBinDeed(row.id);
  const [holding, setHolding] = useState(false);
  const done = useDone();
  // The row is gone as soon as the stream tells of it.
  const act = (asked: BinDeed) =>
    deed.mutateAsync(asked).then((now) => done(asked, now), saidByToast);
  const purge = () => {
    if (window.confirm(t("binPage.purgeSure", { name: row.contact.name }))) act({ deed: "purge" });
  };
  const busy = deed.isPending ? (deed.variables?.deed ?? null) : null;
  if (row.state === "purging") return null;
  if (row.state === "asked") {
    const mine = row.asked_by?.id === me.id;
    return (
      <div className={styles.deeds}>
        {!mine && (
          <Plain
            deed="confirm-deletion"
            words="confirm"
            variant="filled"
            color="red"
            busy={busy}
            onAct={act}
          />
        )}
        <Plain
          deed="refuse-deletion"
          words={mine ? "withdraw" : "refuse"}
          busy={busy}
          onAct={act}
        />
      </div>
    );
  }
  const waitsForOthers = row.purge_asked_by?.id === me.id;
  return (
    <div className={styles.deeds}>
      <Plain deed="restore" busy={busy} onAct={act} />
      {row.hold ? (
        <Plain deed="release" busy={busy} onAct={act} />
      ) : (
        <DeedButton deed="hold" busy={busy} onPress={() => setHolding(true)}>
          {t("binPage.hold")}
        </DeedButton>
      )}
      {!row.hold && !waitsForOthers && (
        <DeedButton deed="purge" busy={busy} onPress={purge} variant="subtle" color="red">
          {t(row.purge_asked_by ? "binPage.purgeConfirm" : "binPage.purge")}
        </DeedButton>
      )}
      {holding && (
        <WhyDialog
          words="hold"
          onGiven={(reason) => act({ deed: "hold", reason })}
          onClose={() => setHolding(false)}
        />
      )}
    </div>
  );
}

interface DeedButtonProps {
  deed: BinDeed["deed"];
  /** What is being done with the row now: until it is done, nothing else is, and nothing twice. */
  busy: BinDeed["deed"] | null;
  variant?: string;
  color?: string;
  onPress: () => void;
  children: ReactNode;
}

function DeedButton({ deed, busy, variant = "default", onPress, ...button }: DeedButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant={variant}
      loading={busy === deed}
      disabled={busy !== null}
      onClick={onPress}
      {...button}
    />
  );
}

interface PlainProps extends Omit<DeedButtonProps, "deed" | "onPress" | "children"> {
  deed: Exclude<BinDeed["deed"], "hold">;
  words?: string;
  onAct: (asked: BinDeed) => void;
}

/** Done at once when it is pressed. */
function Plain({ deed, words, onAct, ...button }: PlainProps) {
  const { t } = useTranslation();
  return (
    <DeedButton deed={deed} onPress={() => onAct({ deed })} {...button}>
      {t(`binPage.${words ?? deed}`)}
    </DeedButton>
  );
}

/** Says what came of it; what is back can be opened. */
function useDone() {
  const { t } = useTranslation();
  const restored = useRestored();
  return ({ deed }: BinDeed, now: Deletion) => {
    if (deed === "restore") restored(now);
    else if (deed === "purge") {
      notifyDone(t(now.state === "purging" ? "binPage.done.purge" : "binPage.done.purgeAsked"));
    } else {
      notifyDone(t(`binPage.done.${deed}`));
    }
  };
}
