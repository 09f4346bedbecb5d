import { useCallback } from "react";
import { useLocation, useRoute } from "wouter";
import type { View } from "../api/types";
import { isView, pathTo } from "./views";

interface InboxRoute {
  view: View;
  selectedId: string | null;
  open: (id: string | null) => void;
  go: (view: View) => void;
}

/** Where one is lives in the address: /inbox/:view/:conversationId?. Null for an unknown address. */
export function useInboxRoute(): InboxRoute | null {
  const [, params] = useRoute("/inbox/:view/:conversationId?");
  const [, navigate] = useLocation();
  const view = isView(params?.view) ? params.view : null;
  const selectedId = params?.conversationId ?? null;
  const open = useCallback(
    (id: string | null) => {
      // Stepping through the list must not fill the history: one entry per view and way in.
      if (view) navigate(pathTo(view, id), { replace: selectedId !== null && id !== null });
    },
    [navigate, view, selectedId],
  );
  const go = useCallback((next: View) => navigate(pathTo(next)), [navigate]);
  return view ? { view, selectedId, open, go } : null;
}
