/** The far end of the line: what the browser's WebSocket would be. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("nothing has connected");
    return socket;
  }

  readonly url: string;
  sent: { type: string; since?: Record<string, number> }[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;

  constructor(url: string) {
    this.url = url;
    FakeSocket.all.push(this);
  }

  send(text: string) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.closed = true;
  }

  opens() {
    this.onopen?.();
  }

  says(frame: unknown) {
    this.onmessage?.({ data: typeof frame === "string" ? frame : JSON.stringify(frame) });
  }

  drops(code = 1006, reason = "") {
    this.onclose?.({ code, reason });
  }

  /** Opens and answers the hello. */
  welcomes(heads: Record<string, number> = { "region:1": 10 }) {
    this.opens();
    this.says({ type: "hello", schema: 1, heads, floors: {}, heartbeat_seconds: 15 });
  }
}
