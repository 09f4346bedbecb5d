import { useTranslation } from "react-i18next";
import type { HeldReply, Message, Remark } from "../api/types";
import { useThread } from "../thread/context";
import styles from "./Coaching.module.css";
import { Comments } from "./Comments";
import type { Said } from "./context";
import { OwnDeeds } from "./OwnDeeds";
import { TextDiff } from "./TextDiff";
import "./words";

interface WordsProps {
  message: Message;
  said: Said;
}

export default function CoachedWords({ message, said }: WordsProps) {
  const { held, remarks } = said;
  return (
    <div className={styles.beside} data-status={message.status} data-coached={message.status}>
      <State message={message} held={held} />
      {held?.edited && <TextDiff before={held.before ?? ""} after={message.content.text ?? ""} />}
      {held && <Comments comments={held.comments} />}
      {held?.mine && <OwnDeeds held={held} message={message} />}
      {remarks.map((remark) => (
        <RemarkLine key={remark.id} remark={remark} />
      ))}
    </div>
  );
}

/** What became of it, in a sentence. What simply left needs none but for those concerned. */
function State({ message, held }: { message: Message; held: HeldReply | null }) {
  const { t } = useTranslation();
  const name = held?.decided_by?.name ?? "";
  if (message.status === "held") {
    return <p className={styles.state}>{t("coaching.state.held")}</p>;
  }
  if (message.status === "rejected") {
    return <p className={styles.state}>{t("coaching.state.rejected", { name })}</p>;
  }
  if (message.status === "withdrawn") {
    return <p className={styles.state}>{t("coaching.state.withdrawn")}</p>;
  }
  if (!held) return null;
  return (
    <p className={styles.state}>
      {t(held.edited ? "coaching.state.edited" : "coaching.state.approved", { name })}
    </p>
  );
}

function RemarkLine({ remark }: { remark: Remark }) {
  const { t } = useTranslation();
  const { locale } = useThread();
  return (
    <p className={styles.remark} lang={locale}>
      <strong>{t("coaching.remark", { name: remark.author?.name ?? "" })}</strong>
      <span>{remark.text}</span>
    </p>
  );
}
