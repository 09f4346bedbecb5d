// A message that has not reached the server: what it holds, what may be wrong with it, how it looks.
import { ApiError } from "../api/client";
import type { Author, Message, MessageContent, MessageKind, Quoted, SendBody } from "../api/types";

export type WaitingBody = Extract<SendBody, { type: Exclude<SendBody["type"], "reaction"> }>;

export interface Waiting {
  ref: string;
  conversationId: string;
  body: WaitingBody;
  /** What the bubble shows meanwhile. */
  content: MessageContent;
  quoted: Quoted | null;
  author: Author;
  at: string;
  state: "sending" | "failed";
  error: ApiError | null;
}

export type Draft = Omit<Waiting, "ref" | "at" | "state" | "error" | "body"> & {
  body: DistributiveOmit<WaitingBody, "client_ref">;
};
type DistributiveOmit<T, K extends keyof T> = T extends unknown ? Omit<T, K> : never;

export function newWaiting(draft: Draft): Waiting {
  const ref = crypto.randomUUID();
  return {
    ...draft,
    body: { ...draft.body, client_ref: ref } as WaitingBody,
    ref,
    at: new Date().toISOString(),
    state: "sending",
    error: null,
  };
}

export function asRefusal(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError(0, { code: "unknown", message, field: null, remedy: null });
}

/**
 * Failed on the way and not for what it is: no network, a proxy without a Kefu behind it, too many at once, a
 * session that had expired. It goes again by itself, and what was written after it waits for it.
 */
export function isHeld({ state, error }: Waiting): boolean {
  return state === "failed" && error !== null && failedOnTheWay(error);
}

export function failedOnTheWay({ code, status }: ApiError): boolean {
  return code === "offline" || [401, 408, 429, 502, 503, 504].includes(status);
}

/** Whether the same call may succeed later: not when it is the message or the person that is refused. */
function mayPass(error: ApiError): boolean {
  return ![400, 403, 404, 413].includes(error.status);
}

/** A waiting message in the shape of a real one, for the thread. Its id tells that it is not one yet. */
export function asMessage(waiting: Waiting): Message {
  const failed = waiting.state === "failed" ? waiting.error : null;
  return {
    id: `waiting:${waiting.ref}`,
    version: 0,
    conversation_id: waiting.conversationId,
    direction: "out",
    kind: waiting.body.type as MessageKind,
    content: waiting.content,
    status: failed ? "failed" : "queued",
    at: waiting.at,
    sent_at: null,
    delivered_at: null,
    read_at: null,
    failed_at: null,
    author: waiting.author,
    client_ref: waiting.ref,
    quoted: waiting.quoted,
    reactions: [],
    error: failed
      ? {
          code: failed.code,
          message: failed.message,
          remedy: failed.remedy,
          retryable: mayPass(failed),
        }
      : null,
  };
}

export function isWaiting(message: Message): boolean {
  return message.id.startsWith("waiting:");
}
