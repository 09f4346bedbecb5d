import { useEffect, useRef } from "react";
import { useMe } from "../session/MeContext";
import { useStream, useStreamEvents } from "../stream/StreamProvider";
import type { DraftSync, ServerDraft } from "./draftSync";
import { draftsOf, hearOtherTabs } from "./drafts";

/** My drafts are the same on each of my devices, as long as this is mounted. The code comes after the first page. */
export function useDraftSync(): void {
  const { id } = useMe();
  const live = useStream().state.phase === "open";
  const sync = useRef<DraftSync | null>(null);
  useEffect(() => {
    draftsOf(id);
    const unhear = hearOtherTabs(id);
    let left = false;
    import("./draftSync").then(
      ({ DraftSync }) => {
        if (left) return;
        sync.current = new DraftSync(id);
        sync.current.start();
      },
      () => undefined, // the drafts stay in this browser
    );
    return () => {
      left = true;
      unhear();
      sync.current?.stop();
      sync.current = null;
    };
  }, [id]);
  useEffect(() => {
    if (live) void sync.current?.catchUp();
  }, [live]);
  useStreamEvents(({ kind, payload }) => {
    if (kind === "draft.changed") sync.current?.hear(payload as ServerDraft);
  });
}
