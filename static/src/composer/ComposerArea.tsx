import { type Ref, useEffect, useRef } from "react";
import type { Conversation } from "../api/types";
import { type Command, useCommands } from "../commands/registry";
import { useToastsAbove } from "../components/toastPlace";
import { isLockedAgainst } from "../inbox/permissions";
import { useMay, useMe } from "../session/MeContext";
import { Composer, type ComposerProps } from "./Composer";
import styles from "./Composer.module.css";
import type { ComposerHandle } from "./ComposerInput";
import { type Mode, ModeBar } from "./note/ModeBar";
import { NoteComposer } from "./note/NoteComposer";

interface AreaProps extends ComposerProps {
  ref: Ref<ComposerHandle>;
  mode: Mode;
  /** How often the mode was chosen: a note's draft is read anew each time. */
  turns: number;
  onMode(mode: Mode): void;
  onNoteSaved(): void;
}

/** Ctrl or ⌘ and I, from anywhere in the thread. */
function useModeKey(mode: Mode, onMode: ((mode: Mode) => void) | null): void {
  useEffect(() => {
    if (!onMode) return;
    const press = (event: KeyboardEvent) => {
      const held = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
      if (!held || event.key.toLowerCase() !== "i") return;
      if (document.querySelector('[aria-modal="true"]')) return;
      event.preventDefault();
      onMode(mode === "note" ? "reply" : "note");
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [mode, onMode]);
}

/** Its key is heard above, since it works while one writes. */
function modeCommand(run: () => void): Command {
  return {
    id: "thread.note",
    group: "conversation",
    words: "shortcuts.note",
    also: ["write a note", "internal note", "寫備註", "內部備註"],
    shown: ["Ctrl", "I"],
    run,
  };
}

/** Who looks at a conversation may leave a note in it, also where they may not answer; nobody in a locked one. */
function useMayNote(conversation: Conversation): boolean {
  const me = useMe();
  return useMay("note.add") && !isLockedAgainst(me, conversation);
}

/** Where one writes: an answer to the customer or a note to colleagues, never both in one place. */
export function ComposerArea({ mode, turns, onMode, onNoteSaved, ...props }: AreaProps) {
  const mayNote = useMayNote(props.conversation);
  const choose = mayNote ? onMode : null;
  useModeKey(mode, choose);
  useCommands(choose ? [modeCommand(() => choose(mode === "note" ? "reply" : "note"))] : []);
  const area = useRef<HTMLDivElement>(null);
  useToastsAbove(area);
  return (
    <div ref={area} className={styles.area}>
      <ModeBar mode={mode} onMode={choose} />
      {mode === "note" && mayNote ? (
        <NoteComposer
          key={turns}
          ref={props.ref}
          conversation={props.conversation}
          onSaved={onNoteSaved}
          onLeaveUp={props.onLeaveUp}
        />
      ) : (
        <Composer {...props} />
      )}
    </div>
  );
}
