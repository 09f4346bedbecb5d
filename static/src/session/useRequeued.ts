import { useTranslation } from "react-i18next";
import type { EventPayloads } from "../api/events";
import { notifyDone } from "../components/toasts";
import { useStreamEvents } from "../stream/StreamProvider";
import { useMe } from "./MeContext";

/** Tells those who can help what went back to the queue because somebody is not there. */
export function useRequeued(): void {
  const { t } = useTranslation();
  const me = useMe();
  useStreamEvents((event) => {
    if (event.kind !== "waiting.requeued") return;
    const { person_id, name, count } = event.payload as EventPayloads["waiting.requeued"];
    // Their own news waits in their bell until they are back.
    if (person_id !== me.id && me.permissions.includes("conversation.take")) {
      notifyDone(t("inbox.requeued", { count, name }));
    }
  });
}
