import { Modal, TextInput, UnstyledButton } from "@mantine/core";
import { Inbox, UsersRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssignees } from "../api/queries";
import type { Conversation } from "../api/types";
import { PresenceDot } from "../components/PresenceDot";
import { FailedNotice } from "../components/states";
import page from "./Board.module.css";
import styles from "./Dialogs.module.css";
import people from "./People.module.css";
import type { Target } from "./useMove";

interface MoveProps {
  conversation: Conversation;
  onMove: (conversation: Conversation, target: Target) => void;
  onClose: () => void;
}

/** The same as dragging, as a list: for the keyboard, for small screens, for whoever likes it more. */
export default function MoveDialog({ conversation, onMove, onClose }: MoveProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const { data, isError, error, refetch } = useAssignees(conversation.id, true);
  const like = ({ name }: { name: string }) => name.toLowerCase().includes(search.toLowerCase());
  const people = data?.people.filter(like) ?? [];
  const teams = data?.teams.filter(like) ?? [];
  const choose = (target: Target) => {
    onClose();
    onMove(conversation, target);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("board.moveTitle", { name: conversation.contact.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <TextInput
        data-autofocus
        aria-label={t("board.moveSearch")}
        placeholder={t("board.moveSearch")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {isError && <FailedNotice error={error} onRetry={() => refetch()} />}
      {data && people.length + teams.length === 0 && (
        <p className={page.empty}>{t("board.moveNone")}</p>
      )}
      <ul className={styles.places}>
        {conversation.assignee && search === "" && (
          <Place icon={<Inbox size={15} />} onChoose={() => choose({ kind: "queue" })}>
            {t("board.toQueue")}
          </Place>
        )}
        {people.map((person) => (
          <Place
            key={person.id}
            icon={<PresenceDot person={person} />}
            aside={t("board.load", { load: person.load, capacity: person.capacity })}
            onChoose={() => choose({ kind: "person", id: person.id, name: person.name })}
          >
            {person.name}
          </Place>
        ))}
        {teams.map(({ id, name }) => (
          <Place
            key={`team ${id}`}
            icon={<UsersRound size={15} />}
            onChoose={() => choose({ kind: "team", id, name })}
          >
            {name}
          </Place>
        ))}
      </ul>
    </Modal>
  );
}

interface PlaceProps {
  icon: ReactNode;
  aside?: string;
  onChoose: () => void;
  children: ReactNode;
}

function Place({ icon, aside, onChoose, children }: PlaceProps) {
  return (
    <li>
      <UnstyledButton className={styles.place} onClick={onChoose}>
        <span className={styles.mark}>{icon}</span>
        <span className={people.personName}>{children}</span>
        {aside && <span className={people.load}>{aside}</span>}
      </UnstyledButton>
    </li>
  );
}
