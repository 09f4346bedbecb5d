// Files picked and not sent, by conversation, for as long as this page lives: whoever looks into another
// conversation meanwhile finds them again, uploaded.
import { ApiError, upload } from "../api/client";
import type { Upload } from "../api/types";
import { type FileKind, type FileVerdict, judgeFile } from "./files";

export type Attachment = {
  key: string;
  file: File;
  caption: string;
  /** An object URL, for pictures, video and audio. */
  preview: string | null;
  kind: FileKind | null;
  /** Recorded here: the server makes a voice note of it. */
  voice?: boolean;
} & (
  | { state: "refused"; verdict: Extract<FileVerdict, { ok: false }> }
  | { state: "waiting" }
  | { state: "uploading"; progress: number }
  | { state: "failed"; error: ApiError }
  | { state: "ready"; upload: Upload }
);

const nothing: readonly Attachment[] = [];

function attach(file: File): Attachment {
  const verdict = judgeFile(file);
  const base = { key: crypto.randomUUID(), file, caption: "" };
  if (!verdict.ok) return { ...base, preview: null, kind: null, state: "refused", verdict };
  return { ...base, preview: URL.createObjectURL(file), kind: verdict.kind, state: "waiting" };
}

function restored({ upload, caption }: { upload: Upload; caption: string }): Attachment {
  const file = new File([], upload.name, { type: upload.mime_type });
  return {
    key: upload.id,
    file,
    caption,
    preview: null,
    kind: upload.kind,
    ...(upload.voice ? { voice: true } : {}),
    state: "ready",
    upload,
  };
}

function letGo(items: readonly Attachment[]): void {
  for (const { preview } of items) if (preview) URL.revokeObjectURL(preview);
}

export class AttachmentStore {
  private readonly items = new Map<string, readonly Attachment[]>();
  private readonly listeners = new Set<() => void>();
  private readonly uploads = new Map<string, AbortController>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly of = (conversationId: string): readonly Attachment[] =>
    this.items.get(conversationId) ?? nothing;

  add(conversationId: string, files: readonly File[]): void {
    this.write(conversationId, [...this.of(conversationId), ...files.map(attach)]);
  }

  addVoice(conversationId: string, file: File): void {
    const base = { key: crypto.randomUUID(), file, caption: "", kind: "audio" as const };
    const preview = URL.createObjectURL(file);
    const item: Attachment = { ...base, preview, voice: true, state: "waiting" };
    this.write(conversationId, [...this.of(conversationId), item]);
  }

  change(conversationId: string, key: string, to: Record<string, unknown>): void {
    const changed = this.of(conversationId).map((item) =>
      item.key === key ? ({ ...item, ...to } as Attachment) : item,
    );
    this.write(conversationId, changed);
  }

  remove(conversationId: string, key: string): void {
    this.uploads.get(key)?.abort();
    letGo(this.of(conversationId).filter((item) => item.key === key));
    this.release(conversationId, [key]);
  }

  /** Takes them out without letting their previews go: bubbles show them now. */
  release(conversationId: string, keys: readonly string[]): void {
    this.write(
      conversationId,
      this.of(conversationId).filter((item) => !keys.includes(item.key)),
    );
  }

  readonly places = (): string[] => [...this.items.keys()];

  /** What was chosen elsewhere or before a reload: files that are uploaded already. What is not sent there any more goes. */
  restore(
    conversationId: string,
    fresh: readonly { upload: Upload; caption: string }[],
    gone: ReadonlySet<string> = new Set(),
  ): void {
    const here = this.of(conversationId);
    const isGone = (item: Attachment) => item.state === "ready" && gone.has(item.upload.id);
    if (fresh.length === 0 && !here.some(isGone)) return;
    letGo(here.filter(isGone));
    this.write(conversationId, [...here.filter((item) => !isGone(item)), ...fresh.map(restored)]);
  }

  clear(): void {
    for (const stop of this.uploads.values()) stop.abort();
    for (const items of this.items.values()) letGo(items);
    this.items.clear();
    this.tell();
  }

  private write(conversationId: string, items: readonly Attachment[]): void {
    if (items.length > 0) this.items.set(conversationId, items);
    else this.items.delete(conversationId);
    this.tell();
    this.uploadNext(conversationId);
  }

  /** One after the other in each conversation. */
  private uploadNext(conversationId: string): void {
    const items = this.of(conversationId);
    const next = items.find((item) => item.state === "waiting");
    if (!next || items.some((item) => item.state === "uploading")) return;
    const { key, file, voice } = next;
    const stop = new AbortController();
    this.uploads.set(key, stop);
    this.change(conversationId, key, { state: "uploading", progress: 0 });
    const set = (to: Record<string, unknown>) => this.change(conversationId, key, to);
    const form = new FormData();
    form.append("file", file, file.name);
    if (voice) form.append("voice", "true");
    // Those of an internal note lie apart, under `note:` and the conversation.
    const [, noted] = /^note:(.+)$/.exec(conversationId) ?? [];
    if (noted) form.append("for_note", "true");
    upload<Upload>(`conversations/${noted ?? conversationId}/uploads`, form, {
      onProgress: (progress) => set({ progress }),
      signal: stop.signal,
    })
      .then((done) => set({ state: "ready", upload: done, kind: done.kind }))
      .catch((error) => {
        if (error instanceof ApiError) set({ state: "failed", error });
      })
      .finally(() => this.uploads.delete(key));
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

export const attachments = new AttachmentStore();
