import { Button, Modal } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { BoardPerson, Page, SpreadMove } from "../api/types";
import { FailedNotice } from "../components/states";
import { notifyDone, notifyError } from "../components/toasts";
import page from "./Board.module.css";
import styles from "./Dialogs.module.css";
import people from "./People.module.css";
import { counted, useSecond } from "./useBoard";

interface SpreadProps {
  person: BoardPerson;
  onClose: () => void;
}

/** Shows to whom everything would go, and does exactly that. */
export default function SpreadDialog({ person, onClose }: SpreadProps) {
  const { t } = useTranslation();
  const preview = useQuery({
    queryKey: keys.spread(person.id),
    queryFn: ({ signal }) => api.get<Page<SpreadMove>>(`people/${person.id}/spread`, signal),
    select: (page) => page.results,
    staleTime: 0,
    gcTime: 0,
  });
  const spread = useSpread(person.id, onClose);
  const moves = preview.data?.filter(({ person_id }) => person_id !== null) ?? [];
  const { name } = person;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("board.spreadTitle", { name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <p className={styles.words}>{t("board.spreadHint")}</p>
      {preview.isError && <FailedNotice error={preview.error} onRetry={() => preview.refetch()} />}
      {preview.data && moves.length === 0 && <p className={page.empty}>{t("board.spreadNone")}</p>}
      <Moves moves={preview.data ?? []} />
      <div className={styles.buttons}>
        <Button variant="default" onClick={onClose}>
          {t("action.cancel")}
        </Button>
        <Button
          data-autofocus
          disabled={moves.length === 0}
          loading={spread.isPending}
          onClick={() => spread.mutate(moves)}
        >
          {t("board.spreadDo", { count: moves.length })}
        </Button>
      </div>
    </Modal>
  );
}

function Moves({ moves }: { moves: SpreadMove[] }) {
  const { t } = useTranslation();
  const now = useSecond();
  return (
    <ul className={styles.moves}>
      {moves.map((one) => (
        <li key={one.conversation_id}>
          <span className={people.personName}>{one.contact_name}</span>
          {one.waiting_since && (
            <span className={people.load}>
              {t("board.waits", { time: counted(now - Date.parse(one.waiting_since)) })}
            </span>
          )}
          <ArrowRight size={14} aria-hidden="true" />
          <span>{one.person_name ?? t("board.spreadStays")}</span>
        </li>
      ))}
    </ul>
  );
}

function useSpread(personId: number, onDone: () => void) {
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (moves: SpreadMove[]) =>
      api.post<{ moved: number; left: string[] }>(`people/${personId}/spread`, {
        moves: moves.map(({ conversation_id, person_id }) => ({ conversation_id, person_id })),
      }),
    onSuccess: ({ moved, left }) => {
      client.invalidateQueries({ queryKey: keys.boards });
      const done = t("board.spreadDone", { count: moved });
      const stayed = left.length > 0 ? t("board.spreadLeft", { count: left.length }) : "";
      notifyDone([done, stayed].filter(Boolean).join(" · "));
      onDone();
    },
    onError: notifyError,
  });
}
