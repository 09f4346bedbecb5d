import { useDroppable } from "@dnd-kit/core";
import { Button } from "@mantine/core";
import { Monitor } from "lucide-react";
import { lazy, type ReactNode, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { useAssignees } from "../api/queries";
import type { Board, BoardPerson, Conversation } from "../api/types";
import { Page } from "../components/Page";
import { FailedNotice } from "../components/states";
import styles from "./Board.module.css";
import type { BoardFilters } from "./boardLists";
import { ConversationList } from "./ConversationLists";
import { Dragging } from "./Dragging";
import { Figures } from "./Figures";
import { Filters } from "./Filters";
import { People } from "./People";
import { useBoard, useSecond } from "./useBoard";
import { useMove } from "./useMove";
import "../mantineLater";
import "./words";

const ConfirmDialog = lazy(() => import("./ConfirmDialog"));
const MoveDialog = lazy(() => import("./MoveDialog"));
const SpreadDialog = lazy(() => import("./SpreadDialog"));

/** All the work at a glance, and whose it is: for supervisors. */
export default function BoardPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("inbox.board")} needs="board.see">
      <main className={styles.main}>
        <Shown />
      </main>
    </Page>
  );
}

function Shown() {
  const { t } = useTranslation();
  const [filters, setFilters] = useState<BoardFilters>({ region: null, channel: null });
  const { data, isError, error, refetch } = useBoard(filters);
  const [, go] = useLocation();
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  return (
    <>
      <header className={styles.head}>
        <h1 className={styles.title}>{t("inbox.board")}</h1>
        <Filters filters={filters} onChange={setFilters} />
        <Button
          className={styles.wall}
          variant="default"
          size="compact-md"
          leftSection={<Monitor size={15} />}
          onClick={() => go("/board/wall")}
        >
          {t("board.wall")}
        </Button>
      </header>
      {data ? (
        <Work board={data} />
      ) : (
        <p className={styles.empty} role="status">
          {t("board.loading")}
        </p>
      )}
    </>
  );
}

/** What is on the board, and everything that is done there. */
function Work({ board }: { board: Board }) {
  const now = useSecond();
  const [held, setHeld] = useState<Conversation | null>(null);
  const [moving, setMoving] = useState<Conversation | null>(null);
  const [spreading, setSpreading] = useState<BoardPerson | null>(null);
  const { move, asked, confirm, forget } = useMove();
  const fit = useAssignees(held?.id ?? "", held !== null).data ?? null;
  const lists = { board, now, onMove: setMoving };
  return (
    <Dragging onStart={setHeld} onDrop={move}>
      <Figures figures={board.figures} />
      <div className={styles.columns} data-holding={held !== null || undefined}>
        <Queue>
          <ConversationList name="queue" {...lists} />
        </Queue>
        <div className={styles.column}>
          <People board={board} now={now} fit={held && fit} onSpread={setSpreading} />
        </div>
        <div className={`${styles.column} ${styles.wrong}`}>
          <ConversationList name="risky" {...lists} />
          <ConversationList name="at_risk" {...lists} />
          <ConversationList name="waking" {...lists} />
        </div>
      </div>
      <Suspense>
        {moving && (
          <MoveDialog conversation={moving} onMove={move} onClose={() => setMoving(null)} />
        )}
        {asked && <ConfirmDialog {...asked} onConfirm={confirm} onClose={forget} />}
        {spreading && <SpreadDialog person={spreading} onClose={() => setSpreading(null)} />}
      </Suspense>
    </Dragging>
  );
}

/** What is dropped here has nobody any more. */
function Queue({ children }: { children: ReactNode }) {
  const { setNodeRef, isOver } = useDroppable({
    id: "queue",
    data: { target: { kind: "queue" } },
  });
  return (
    <div
      ref={setNodeRef}
      className={styles.column}
      data-over={isOver || undefined}
      data-place="queue"
    >
      {children}
    </div>
  );
}
