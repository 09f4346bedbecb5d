import { useCallback } from "react";
import { useLocation, useRoute } from "wouter";
import { isPlace, type Place, pathTo } from "./views";

interface InboxRoute {
  place: Place;
  selectedId: string | null;
  open: (id: string | null) => void;
  go: (place: Place) => void;
}

/** Where one is lives in the address: /inbox/:view/:conversationId?. Null for an unknown address. */
export function useInboxRoute(): InboxRoute | null {
  const [, params] = useRoute("/inbox/:view/:conversationId?");
  const [, navigate] = useLocation();
  const place = isPlace(params?.view) ? params.view : null;
  const selectedId = params?.conversationId ?? null;
  const open = useCallback(
    (id: string | null) => {
      // Stepping through the list must not fill the history: one entry per view and way in.
      if (place) navigate(pathTo(place, id), { replace: selectedId !== null && id !== null });
    },
    [navigate, place, selectedId],
  );
  const go = useCallback((next: Place) => navigate(pathTo(next)), [navigate]);
  return place ? { place, selectedId, open, go } : null;
}
