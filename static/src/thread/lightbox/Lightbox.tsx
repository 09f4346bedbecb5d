import { FocusTrap, Portal } from "@mantine/core";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, type RefObject, useEffect, useRef } from "react";
import type { Message } from "../../api/types";
import { previewOf } from "../../composer/previews";
import { useThread } from "../context";
import classes from "./Lightbox.module.css";
import { LightboxBar } from "./LightboxBar";
import { useLightboxKeys } from "./useLightboxKeys";
import { useZoom, type Zoom } from "./useZoom";

interface LightboxProps {
  /** Messages with a picture, oldest first. */
  pictures: readonly Message[];
  messageId: string;
  onClose(): void;
  onShow(messageId: string): void;
}

/** One picture over the whole window. Keys: ← →, + −, 0, Esc. */
export function Lightbox({ pictures, messageId, onClose, onShow }: LightboxProps) {
  const index = pictures.findIndex((message) => message.id === messageId);
  const message = pictures[index];
  if (!message) return null;
  const step = (by: number) => {
    const next = pictures[index + by];
    if (next) onShow(next.id);
  };
  return (
    <Dialog message={message} onClose={onClose} onStep={step}>
      <Arrow side="left" disabled={index === 0} onPress={() => step(-1)} />
      <Arrow side="right" disabled={index === pictures.length - 1} onPress={() => step(1)} />
    </Dialog>
  );
}

interface DialogProps {
  message: Message;
  onClose(): void;
  onStep(by: number): void;
  children: ReactNode;
}

/** The same element for all pictures: what has the focus in it keeps it from one picture to the next. */
function Dialog({ message, onClose, onStep, children }: DialogProps) {
  const { t } = useThread();
  const cover = useRef<HTMLDivElement>(null);
  const zoom = useZoom(message.id);
  const src = previewOf(message.client_ref) ?? message.content.media?.url ?? "";
  useLightboxKeys(cover, { zoom, onClose, onStep });
  useFocusWithin(cover, message.id);
  return (
    <Portal>
      <FocusTrap active innerRef={cover}>
        <div
          className={classes.cover}
          role="dialog"
          aria-modal="true"
          aria-label={t("thread.lightbox.name")}
          // A press on the picture leaves the focus here and not on the page behind.
          tabIndex={-1}
        >
          <LightboxBar message={message} src={src} onZoom={zoom.by} onClose={onClose} />
          <Picture message={message} src={src} zoom={zoom} onClose={onClose}>
            {children}
          </Picture>
        </div>
      </FocusTrap>
    </Portal>
  );
}

/** Back where it was in the end. At the first and last picture an arrow goes, and would take it along. */
function useFocusWithin(cover: RefObject<HTMLElement | null>, messageId: string) {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked anew for each picture
  useEffect(() => {
    const element = cover.current;
    if (element && !element.contains(document.activeElement)) element.focus();
  }, [messageId, cover]);
}

function Arrow({
  side,
  disabled,
  onPress,
}: {
  side: "left" | "right";
  disabled: boolean;
  onPress(): void;
}) {
  const { t } = useThread();
  if (disabled) return null;
  return (
    <button
      type="button"
      className={classes.arrow}
      data-side={side}
      onClick={onPress}
      aria-label={t(side === "left" ? "thread.lightbox.previous" : "thread.lightbox.next")}
    >
      {side === "left" ? <ChevronLeft size={26} /> : <ChevronRight size={26} />}
    </button>
  );
}

interface PictureProps {
  message: Message;
  src: string;
  zoom: Zoom;
  onClose(): void;
  children: ReactNode;
}

function Picture({ message, src, zoom, onClose, children }: PictureProps) {
  const { t } = useThread();
  const { text } = message.content;
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a press beside the picture closes, as Esc does */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Esc does it */}
      <div
        className={classes.view}
        onClick={(event) => event.target === event.currentTarget && onClose()}
        {...zoom.events}
      >
        <img
          key={message.id}
          src={src}
          alt={text || t("thread.kind.image")}
          style={zoom.style}
          draggable={false}
        />
        {children}
      </div>
      {text && (
        <p className={classes.caption} dir="auto">
          {text}
        </p>
      )}
    </>
  );
}
