import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Board, Conversation } from "../api/types";
import styles from "./Board.module.css";
import type { ListName } from "./boardLists";
import { Card } from "./Card";
import card from "./Card.module.css";
import { counted } from "./useBoard";

interface ListProps {
  name: ListName;
  board: Board;
  now: number;
  onMove: (conversation: Conversation) => void;
}

/** One list of the board with how many it has. */
export function ConversationList({ name, board, now, onMove }: ListProps) {
  const { t, i18n } = useTranslation();
  const { ids, count } = board[name];
  const rows = new Map(board.conversations.map((row) => [row.id, row]));
  const shown = ids.flatMap((id) => rows.get(id) ?? []);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <>
      <h2 className={styles.heading}>
        {t(`board.${name}`)}
        <span className={styles.number}>{number.format(count)}</span>
        {name === "at_risk" && board.broken > 0 && (
          <span className={styles.broken}>{t("board.at_riskBroken", { n: board.broken })}</span>
        )}
      </h2>
      {shown.length === 0 && <p className={styles.empty}>{t(`board.${name}Empty`)}</p>}
      <ul className={styles.list}>
        {shown.map((row) => (
          <Card key={row.id} list={name} conversation={row} onMove={onMove}>
            <Presses name={name} row={row} now={now} />
          </Card>
        ))}
      </ul>
      {count > shown.length && (
        <p className={styles.empty}>
          {t("board.more", { n: number.format(count - shown.length) })}
        </p>
      )}
    </>
  );
}

const LONG_MS = 5 * 60_000;

function Presses({ name, row, now }: { name: ListName; row: Conversation; now: number }) {
  const { t } = useTranslation();
  const [words, late] = pressing(name, row, now, t);
  return (
    <strong className={card.pressing} data-late={late || undefined}>
      {words}
    </strong>
  );
}

/** What is counted, and whether it is too long by now. */
export function pressing(
  name: ListName,
  row: Conversation,
  now: number,
  t: TFunction,
): [string, boolean] {
  const since = (iso: string | null) => (iso ? now - Date.parse(iso) : 0);
  if (name === "queue") {
    const ms = since(row.waiting_since);
    return [t("board.waits", { time: counted(ms) }), ms >= LONG_MS];
  }
  if (name === "at_risk") {
    const ms = since(row.due_at);
    return [t(ms >= 0 ? "board.late" : "board.due", { time: counted(Math.abs(ms)) }), ms >= 0];
  }
  if (name === "waking") {
    const left = -since(row.snooze?.wake_at ?? null);
    return [t("board.wakes", { time: counted(left) }), false];
  }
  return risky(row, now, t);
}

function risky({ risk }: Conversation, now: number, t: TFunction): [string, boolean] {
  if (!risk) return ["", false];
  const kind = t(`inbox.risk.kind.${risk.kind}`);
  if (risk.taken_by) return [`${kind} · ${t("board.has", { name: risk.taken_by.name })}`, false];
  if (!risk.due_at) return [`${kind} · ${t("board.untold")}`, true];
  const left = Date.parse(risk.due_at) - now;
  return [`${kind} · ${t("board.next", { time: counted(left) })}`, true];
}
