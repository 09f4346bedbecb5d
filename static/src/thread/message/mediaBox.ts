// The room an image or video will take, known before its bytes arrive, so that the thread does not move.

export interface Box {
  width: number;
  height: number;
}

const most: Box = { width: 320, height: 340 };
const least: Box = { width: 120, height: 90 };
const unknown: Box = { width: 260, height: 195 };

/** Fits into 320 × 340 CSS pixels; never enlarges; very long pictures are cropped by the frame. */
export function mediaBox(width: number | null, height: number | null): Box {
  if (!width || !height || width < 1 || height < 1) return unknown;
  const scale = Math.min(1, most.width / width, most.height / height);
  return {
    width: Math.round(Math.max(least.width, width * scale)),
    height: Math.round(Math.max(least.height, height * scale)),
  };
}

const units = ["B", "KB", "MB", "GB"];

/** "2.4 MB", counted in 1,024s as WhatsApp's limits are. */
export function fileSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${units[unit]}`;
}

/** "1:05", or "–:––" while unknown. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "–:––";
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
