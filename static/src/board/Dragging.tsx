import {
  type Announcements,
  type CollisionDetection,
  DndContext,
  DragOverlay,
  type DragStartEvent,
  KeyboardCode,
  type KeyboardCoordinateGetter,
  KeyboardSensor,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { type ReactNode, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation } from "../api/types";
import styles from "./Card.module.css";
import type { Target } from "./useMove";

const STEP: Partial<Record<string, number>> = {
  [KeyboardCode.Right]: 1,
  [KeyboardCode.Down]: 1,
  [KeyboardCode.Left]: -1,
  [KeyboardCode.Up]: -1,
};

interface DraggingProps {
  onStart: (conversation: Conversation | null) => void;
  onDrop: (conversation: Conversation, target: Target) => void;
  children: ReactNode;
}

/** Conversations are dragged onto people, teams and the queue: by mouse, finger, or the arrow keys. */
export function Dragging({ onStart, onDrop, children }: DraggingProps) {
  const { t } = useTranslation();
  const [held, setHeld] = useState<Conversation | null>(null);
  const { sensors, collisions } = useWays();
  const hold = (conversation: Conversation | null) => {
    setHeld(conversation);
    onStart(conversation);
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={collisions}
      accessibility={{
        announcements: useAnnouncements(),
        screenReaderInstructions: { draggable: t("board.dnd.how") },
      }}
      onDragStart={(event: DragStartEvent) => hold(conversationOf(event.active))}
      onDragCancel={() => hold(null)}
      onDragEnd={({ active, over }) => {
        const conversation = conversationOf(active);
        const target = targetOf(over);
        hold(null);
        if (conversation && target) onDrop(conversation, target);
      }}
    >
      {children}
      <DragOverlay dropAnimation={null}>
        {held && <div className={styles.held}>{held.contact.name}</div>}
      </DragOverlay>
    </DndContext>
  );
}

type WithData = { data: { current?: Record<string, unknown> } } | null;

function conversationOf(active: WithData): Conversation | null {
  return (active?.data.current?.conversation as Conversation | undefined) ?? null;
}

function targetOf(over: WithData): Target | null {
  return (over?.data.current?.target as Target | undefined) ?? null;
}

/** The mouse is over what it points at; the arrow keys go from one place to the next, in reading order. */
function useWays() {
  const chosen = useRef<string | number | null>(null);
  const { coordinates, collisions } = useMemo(() => {
    const coordinates: KeyboardCoordinateGetter = (event, { context }) => {
      const step = STEP[event.code];
      if (!step) return undefined;
      event.preventDefault();
      const places = context.droppableContainers
        .getEnabled()
        .flatMap(({ id, rect }) => (rect.current ? [{ id, rect: rect.current }] : []))
        .sort((one, other) => one.rect.top - other.rect.top || one.rect.left - other.rect.left);
      const at = places.findIndex(({ id }) => id === chosen.current);
      const start = at < 0 && step < 0 ? 0 : at;
      const next = places[(start + step + places.length) % places.length];
      if (!next) return undefined;
      chosen.current = next.id;
      return { x: next.rect.left, y: next.rect.top };
    };
    const collisions: CollisionDetection = (args) => {
      if (args.pointerCoordinates) return pointerWithin(args);
      return chosen.current === null ? [] : [{ id: chosen.current }];
    };
    return { coordinates, collisions };
  }, []);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
    useSensor(KeyboardSensor, {
      coordinateGetter: coordinates,
      onActivation: () => {
        chosen.current = null;
      },
    }),
  );
  return { sensors, collisions };
}

/** For screen readers: what is held, and where. */
function useAnnouncements(): Announcements {
  const { t } = useTranslation();
  const place = (over: WithData) => {
    const target = targetOf(over);
    if (!target) return null;
    return target.kind === "queue" ? t("board.dnd.queue") : target.name;
  };
  const told = (at: string | null, some: "over" | "end", none: "nowhere" | "endNowhere") =>
    at ? t(`board.dnd.${some}`, { place: at }) : t(`board.dnd.${none}`);
  return {
    onDragStart: ({ active }) =>
      t("board.dnd.start", { name: conversationOf(active)?.contact.name ?? "" }),
    onDragOver: ({ over }) => told(place(over), "over", "nowhere"),
    onDragEnd: ({ over }) => told(place(over), "end", "endNowhere"),
    onDragCancel: () => t("board.dnd.cancel"),
  };
}
