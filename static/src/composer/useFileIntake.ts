import { type ClipboardEvent, type DragEvent, useRef, useState } from "react";

function filesOf(data: DataTransfer | null): File[] {
  return Array.from(data?.files ?? []);
}

/** Files by paste and by drag and drop. Text that comes along with a pasted picture stays text. */
export function useFileIntake(onFiles: (files: File[]) => void) {
  const [over, setOver] = useState(false);
  // Entering a child fires "leave" on the parent: only the balance tells.
  const depth = useRef(0);
  const holdsFiles = (event: DragEvent) => event.dataTransfer?.types?.includes("Files") ?? false;
  const onPaste = (event: ClipboardEvent) => {
    const files = filesOf(event.clipboardData);
    // Office programs put a picture of the copied text beside the text: the text is meant.
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    onFiles(files);
  };
  const drop = {
    onDragEnter: (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      depth.current += 1;
      setOver(true);
    },
    onDragOver: (event: DragEvent) => {
      if (holdsFiles(event)) event.preventDefault();
    },
    onDragLeave: () => {
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOver(false);
    },
    onDrop: (event: DragEvent) => {
      const files = filesOf(event.dataTransfer);
      depth.current = 0;
      setOver(false);
      if (files.length === 0) return;
      event.preventDefault();
      onFiles(files);
    },
  };
  return { over, onPaste, drop };
}
