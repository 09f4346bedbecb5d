import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { fullTime, useMinute } from "../components/times";
import { notifyDone, notifyNews } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Bin.module.css";
import { type BinDeed, type Deletion, useBinDeed } from "./queries";
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
  const done = useDone(row);
  const act = (asked: BinDeed) => deed.mutate(asked, { onSuccess: (now) => done(asked, now) });
  const purge = () => {
    if (window.confirm(t("binPage.purgeSure", { name: row.contact.name }))) act({ deed: "purge" });
  };
  if (row.state === "purging") return null;
  if (row.state === "asked") {
    const mine = row.asked_by?.id === me.id;
    return (
      <div className={styles.deeds}>
        {!mine && (
          <Button size="compact-sm" color="red" onClick={() => act({ deed: "confirm-deletion" })}>
            {t("binPage.confirm")}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => act({ deed: "refuse-deletion" })}
        >
          {t(mine ? "binPage.withdraw" : "binPage.refuse")}
        </Button>
      </div>
    );
  }
  const waitsForOthers = row.purge_asked_by?.id === me.id;
  return (
    <div className={styles.deeds}>
      <Button size="compact-sm" variant="default" onClick={() => act({ deed: "restore" })}>
        {t("binPage.restore")}
      </Button>
      {row.hold ? (
        <Button size="compact-sm" variant="default" onClick={() => act({ deed: "release" })}>
          {t("binPage.release")}
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" onClick={() => setHolding(true)}>
          {t("binPage.hold")}
        </Button>
      )}
      {!row.hold && !waitsForOthers && (
        <Button size="compact-sm" variant="subtle" color="red" onClick={purge}>
          {t(row.purge_asked_by ? "binPage.purgeConfirm" : "binPage.purge")}
        </Button>
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

/** Says what came of it; what is back can be opened. */
function useDone(row: Deletion) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  return ({ deed }: BinDeed, now: Deletion) => {
    if (deed === "restore") {
      notifyNews({
        title: t("binPage.done.restore"),
        words: row.contact.name,
        onOpen: () => go(`/inbox/all/${row.conversation_id}`),
      });
    } else if (deed === "purge") {
      notifyDone(t(now.state === "purging" ? "binPage.done.purge" : "binPage.done.purgeAsked"));
    } else {
      notifyDone(t(`binPage.done.${deed}`));
    }
  };
}
