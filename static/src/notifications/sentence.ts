import type { TFunction } from "i18next";
import type { Notification } from "../api/types";

/** Which of a kind's sentences fits; most kinds have one. */
function variantOf({ kind, actor, data, conversation_id }: Notification): string {
  if (kind === "conversation.assigned") {
    if (Number(data.count ?? 1) > 1) return "many";
    return actor ? "says" : "auto";
  }
  if (kind === "handover.given" && data.team) return "team";
  if (kind === "sla.warned" && data.stage === "breach") return "breach";
  if (kind.startsWith("scheduled.")) {
    if (data.colleague) return "colleague";
    return conversation_id ? "says" : "unseen";
  }
  if (kind === "alarm.raised" && (data.done === "locked" || data.done === "spared")) {
    return data.done;
  }
  if (kind === "keyword.rose" && !data.percent) return "new";
  if (kind === "access.decided" && data.state === "refused") return "refused";
  return "says";
}

/** What happened, in one sentence; a kind this build does not know says only that there is news. */
export function sentence(t: TFunction, notification: Notification): string {
  const { kind, actor, contact_name, data } = notification;
  const values = {
    actor: actor?.name ?? "Kefu",
    name: contact_name ?? "",
    count: Number(data.count ?? 1),
    score: Number(data.score ?? 0),
    percent: Number(data.percent ?? 0),
    region: String(data.region ?? ""),
  };
  const words = t(`notifications.kind.${kind}.${variantOf(notification)}`, {
    ...values,
    defaultValue: "",
  });
  return words || t("notifications.kind.other.says");
}

/** Which permission or duty was asked for; one that this build has no words for is left out. */
function rightOf(t: TFunction, { permission, duty }: Notification["data"]): string {
  const key = duty ? `duties.${duty}` : `permission.${String(permission).replace(".", "_")}`;
  return t(`access.${key}`, { defaultValue: "" });
}

/** What stands below it: what somebody wrote, or which promise or permission it is about. */
export function detail(t: TFunction, { kind, note, data }: Notification): string {
  if (kind === "sla.warned" && typeof data.due_for === "string") {
    return t(`inbox.due.for.${data.due_for}`);
  }
  if (kind === "access.decided") return [rightOf(t, data), note].filter(Boolean).join(" · ");
  return note ?? "";
}

/** Where a notification leads; null: it is about no single thing one can open. */
export function pathOf({ kind, conversation_id, data }: Notification): string | null {
  if (conversation_id) {
    const aim = data.note_id
      ? `#note-${data.note_id}`
      : data.message_id
        ? `#m-${data.message_id}`
        : "";
    return `/inbox/all/${conversation_id}${aim}`;
  }
  if (kind === "alarm.raised") return `/admin/security/behaviouralarm/${data.alarm}/change/`;
  if (kind === "behaviour.changed") return `/admin/security/behaviourrule/${data.rule}/change/`;
  if (kind === "passkey.copied") return `/admin/security/user/${data.person_id}/change/`;
  if (kind === "selfcheck.monthly") return "/admin/selfcheck/";
  if (kind.startsWith("tier.") || kind.startsWith("incident.")) return "/admin/tier/";
  if (kind === "device.waits") return "/admin/security/deviceconfirmation/";
  if (kind === "retention.set") return `/admin/inbox/retentionrule/${data.region_id}/change/`;
  if (kind === "keyword.rose") return `/keywords?region=${data.region_id}&term=${data.term}`;
  if (kind === "access.decided") return "/access";
  if (kind === "exchange.stopped") return "/settings/exchange";
  if (kind === "key.ending" || kind === "key.ended") return "/settings/keys";
  if (kind === "session.unfamiliar" || kind === "sign_in.stalled") return "/settings/security";
  if (kind.startsWith("reply.") || kind.startsWith("qa.")) return "/trainees";
  if (kind === "conversation.assigned") return "/inbox/mine";
  if (kind === "conversation.requeued") return "/inbox/unassigned";
  return null;
}
