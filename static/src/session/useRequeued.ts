import { useTranslation } from "react-i18next";
import type { EventPayloads } from "../api/events";
import { notifyDone, notifyKept } from "../components/toasts";
import { useStreamEvents } from "../stream/StreamProvider";
import { useMe } from "./MeContext";

/** Says what went back to the queue because somebody is not there: to them when they are back, to those who can help. */
export function useRequeued(): void {
  const { t } = useTranslation();
  const me = useMe();
  useStreamEvents((event) => {
    if (event.kind !== "waiting.requeued") return;
    const { person_id, name, count } = event.payload as EventPayloads["waiting.requeued"];
    if (person_id === me.id) notifyKept(t("inbox.requeuedMine", { count }));
    else if (me.permissions.includes("conversation.take")) {
      notifyDone(t("inbox.requeued", { count, name }));
    }
  });
}
