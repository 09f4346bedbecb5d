import { useDraggable } from "@dnd-kit/core";
import { ActionIcon } from "@mantine/core";
import { ArrowRightLeft, GripVertical } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Conversation } from "../api/types";
import { previewText } from "../inbox/preview";
import { Marks } from "../inbox/RowMarks";
import styles from "./Card.module.css";

interface CardProps {
  /** Which list it is in: the same conversation may be in several. */
  list: string;
  conversation: Conversation;
  /** What presses about it in this list. */
  children: ReactNode;
  onMove: (conversation: Conversation) => void;
}

/** A conversation on the board: opened, dragged, or moved by its button. */
export function Card({ list, conversation, children, onMove }: CardProps) {
  const { t } = useTranslation();
  const { contact, assignee, channel, last_message } = conversation;
  const { listeners, attributes, setNodeRef, isDragging } = useDraggable({
    id: `${list} ${conversation.id}`,
    data: { conversation },
  });
  return (
    <li
      ref={setNodeRef}
      className={styles.card}
      data-dragging={isDragging || undefined}
      onMouseDown={listeners?.onMouseDown as React.MouseEventHandler | undefined}
      onTouchStart={listeners?.onTouchStart as React.TouchEventHandler | undefined}
    >
      <ActionIcon
        {...attributes}
        className={styles.grip}
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={t("board.drag", { name: contact.name })}
        onKeyDown={listeners?.onKeyDown as React.KeyboardEventHandler | undefined}
      >
        <GripVertical size={14} />
      </ActionIcon>
      <div className={styles.cardWords}>
        <span className={styles.cardHead}>
          <Link
            href={`/inbox/all/${conversation.id}`}
            className={styles.cardName}
            draggable={false}
          >
            {contact.name}
          </Link>
          <Marks conversation={conversation} t={t} />
        </span>
        {last_message && <span className={styles.cardText}>{previewText(last_message, t)}</span>}
        <span className={styles.cardFoot}>
          {children}
          <span>{assignee?.name ?? conversation.team?.name ?? channel.name}</span>
        </span>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("board.move", { name: contact.name })}
        title={t("board.moveDo")}
        onClick={() => onMove(conversation)}
      >
        <ArrowRightLeft size={15} />
      </ActionIcon>
    </li>
  );
}
