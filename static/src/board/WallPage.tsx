import { ActionIcon } from "@mantine/core";
import { Maximize2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Board } from "../api/types";
import { PresenceDot } from "../components/PresenceDot";
import { FailedNotice } from "../components/states";
import { span } from "../components/times";
import { usePageTitle } from "../components/usePageTitle";
import { useMay } from "../session/MeContext";
import type { ListName } from "./boardLists";
import { pressing } from "./ConversationLists";
import { byNeed } from "./People";
import { counted, useBoard, useSecond } from "./useBoard";
import styles from "./Wall.module.css";
import "./words";

const EVERYTHING = { region: null, channel: null };
const ROWS = 8;

/** The board for a screen on the wall: nothing to press, to be read from across the room. */
export default function WallPage() {
  const { t } = useTranslation();
  usePageTitle(t("board.wall"));
  const may = useMay("board.see");
  const { data, isError, error, refetch } = useBoard(EVERYTHING);
  const [, go] = useLocation();
  return (
    <main className={styles.wall}>
      <header className={styles.head}>
        <h1>{t("inbox.board")}</h1>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("board.fullScreen")}
          onClick={() => void document.documentElement.requestFullscreen?.()}
        >
          <Maximize2 size={18} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="lg"
          aria-label={t("board.wallLeave")}
          onClick={() => {
            if (document.fullscreenElement) void document.exitFullscreen();
            go("/board");
          }}
        >
          <X size={20} />
        </ActionIcon>
      </header>
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {may && data && <Wall board={data} />}
    </main>
  );
}

function Wall({ board }: { board: Board }) {
  const { t } = useTranslation();
  const now = useSecond();
  const oldest = board.conversations.find(({ id }) => id === board.queue.ids[0])?.waiting_since;
  const { figures } = board;
  const median = figures.median_seconds;
  return (
    <>
      <dl className={styles.numbers}>
        <Figure name={t("board.queue")} value={board.queue.count} late={board.queue.count > 0} />
        <Figure
          name={t("board.longest")}
          value={oldest ? counted(now - Date.parse(oldest)) : t("board.none")}
        />
        <Figure name={t("board.risky")} value={board.risky.count} late={board.risky.count > 0} />
        <Figure name={t("board.at_risk")} value={board.at_risk.count} late={board.broken > 0} />
        <Figure name={t("board.received")} value={figures.received} />
        <Figure name={t("board.resolved")} value={figures.resolved} />
        <Figure
          name={t("board.median")}
          value={median === null ? t("board.none") : span(median * 1000, t)}
        />
      </dl>
      <div className={styles.columns}>
        <Oldest board={board} name="queue" now={now} />
        <Oldest board={board} name="risky" now={now} />
        <Oldest board={board} name="at_risk" now={now} />
        <Colleagues board={board} />
      </div>
    </>
  );
}

interface FigureProps {
  name: string;
  value: string | number;
  late?: boolean;
}

function Figure({ name, value, late = false }: FigureProps) {
  const { i18n } = useTranslation();
  const shown =
    typeof value === "number" ? new Intl.NumberFormat(i18n.language).format(value) : value;
  return (
    <div data-late={late || undefined}>
      <dt>{name}</dt>
      <dd>{shown}</dd>
    </div>
  );
}

function Oldest({ board, name, now }: { board: Board; name: ListName; now: number }) {
  const { t } = useTranslation();
  const rows = new Map(board.conversations.map((row) => [row.id, row]));
  const shown = board[name].ids.slice(0, ROWS).flatMap((id) => rows.get(id) ?? []);
  return (
    <section>
      <h2>{t(`board.${name}`)}</h2>
      {shown.length === 0 && <p>{t(`board.${name}Empty`)}</p>}
      <ul>
        {shown.map((row) => {
          const [words, late] = pressing(name, row, now, t);
          return (
            <li key={row.id}>
              <span>{row.contact.name}</span>
              <strong data-late={late || undefined}>{words}</strong>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Colleagues({ board }: { board: Board }) {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{t("board.people")}</h2>
      <ul>
        {[...board.people].sort(byNeed).map((person) => (
          <li key={person.id}>
            <span>
              <PresenceDot person={person} /> {person.name}
            </span>
            <strong data-late={person.load >= person.capacity || undefined}>
              {t("board.load", { load: person.load, capacity: person.capacity })}
            </strong>
          </li>
        ))}
      </ul>
    </section>
  );
}
