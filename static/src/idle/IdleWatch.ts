import type { components } from "../api/schema";

export type Idle = components["schemas"]["Idle"];

/** What all tabs of this browser know, in milliseconds since the epoch. */
interface Shared {
  /** When the person last did something, in whichever tab. */
  movedAt: number;
  /** When the server signs them out, as it last said. */
  endsAt: number;
}

export interface IdleListeners {
  /** Seconds left once it is time to warn; null while all is well. */
  onLeft(seconds: number | null): void;
  /** The time is over: the server knows whether it really is. */
  onOver(): void;
  /** Tells the server that the person did something so many seconds ago. */
  report(secondsAgo: number): Promise<Idle>;
}

const KEPT = "kefu.idle";
const SECOND = 1000;

function kept(): Shared | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return typeof found?.endsAt === "number" ? (found as Shared) : null;
  } catch {
    return null;
  }
}

/**
 * Knows how long the person may still do nothing, together with the other tabs of this browser: what is done in one
 * counts in all, and so does staying. The server decides; this only tells it, seldom, and warns in time.
 */
export class IdleWatch {
  private readonly listeners: IdleListeners;
  private readonly warningMs: number;
  private readonly reportMs: number;
  private shared: Shared;
  private reportedAt = 0;
  private reporting: ReturnType<typeof setTimeout> | undefined;
  private looking: ReturnType<typeof setTimeout> | undefined;
  private warns = false;
  private over = false;

  constructor(idle: Idle, listeners: IdleListeners) {
    this.listeners = listeners;
    this.warningMs = idle.warning_seconds * SECOND;
    this.reportMs = idle.report_seconds * SECOND;
    this.shared = { movedAt: 0, endsAt: Date.now() + idle.seconds_left * SECOND };
  }

  start(): void {
    this.share({ ...this.shared, movedAt: kept()?.movedAt ?? 0 });
    window.addEventListener("storage", this.heard);
    document.addEventListener("visibilitychange", this.look);
    window.addEventListener("focus", this.look);
    this.look();
  }

  stop(): void {
    window.removeEventListener("storage", this.heard);
    document.removeEventListener("visibilitychange", this.look);
    window.removeEventListener("focus", this.look);
    clearTimeout(this.reporting);
    clearTimeout(this.looking);
  }

  /** The person does something. Once they are warned only staying counts: a sleeve on the mouse is nobody. */
  moved = (): void => {
    if (this.warns || this.over) return;
    this.share({ ...this.shared, movedAt: Date.now() });
    if (this.reporting !== undefined) return;
    const wait = Math.max(0, this.reportedAt + this.reportMs - Date.now());
    this.reporting = setTimeout(this.report, wait);
  };

  /** They want to stay. */
  stay = (): void => {
    this.share({ ...this.shared, movedAt: Date.now() });
    clearTimeout(this.reporting);
    void this.report();
  };

  private report = async (): Promise<void> => {
    this.reporting = undefined;
    this.reportedAt = Date.now();
    const ago = Math.floor((Date.now() - this.shared.movedAt) / SECOND);
    try {
      const { seconds_left } = await this.listeners.report(ago);
      this.share({ ...this.shared, endsAt: Date.now() + seconds_left * SECOND });
      this.look();
    } catch {
      // Offline, or signed out already: the clock goes on, and the next movement tries again.
    }
  };

  private share(shared: Shared): void {
    this.shared = shared;
    localStorage.setItem(KEPT, JSON.stringify(shared));
  }

  /** Another tab said something. */
  private heard = (event: StorageEvent): void => {
    if (event.key !== KEPT) return;
    this.shared = kept() ?? this.shared;
    this.look();
  };

  /** Judged by the clock, since timers sleep in hidden tabs and closed laptops. */
  private look = (): void => {
    clearTimeout(this.looking);
    if (this.over) return;
    const left = this.shared.endsAt - Date.now();
    this.warns = left <= this.warningMs;
    if (left <= 0) {
      this.over = true;
      return this.listeners.onOver();
    }
    this.listeners.onLeft(this.warns ? Math.ceil(left / SECOND) : null);
    const next = this.warns ? left % SECOND || SECOND : left - this.warningMs;
    this.looking = setTimeout(this.look, next);
  };
}
