// How much waits, where it is seen without looking into Kefu: on the tab's picture, and on the app where it is one.

const SIZE = 64;
const MOST = 99;
let plain: string | null = null;
let newest = 0;

function icon(): HTMLLinkElement | null {
  return document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
}

type Badged = Navigator & {
  setAppBadge?: (count: number) => Promise<void>;
  clearAppBadge?: () => Promise<void>;
};

export function showBadge(count: number): void {
  newest = count;
  const app = navigator as Badged;
  const told = count > 0 ? app.setAppBadge?.(count) : app.clearAppBadge?.();
  told?.catch(() => undefined);
  const link = icon();
  if (!link) return;
  plain ??= link.href;
  if (count === 0) {
    link.href = plain;
    return;
  }
  const picture = new Image();
  picture.onload = () => {
    // Loading takes a while: by now another number may be shown, or none.
    if (count !== newest) return;
    const drawn = draw(picture, count > MOST ? `${MOST}+` : String(count));
    if (drawn) link.href = drawn;
  };
  picture.src = plain;
}

function draw(picture: HTMLImageElement, text: string): string | null {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE;
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.drawImage(picture, 0, 0, SIZE, SIZE);
  const width = Math.max(36, 18 + 15 * text.length);
  pen.fillStyle = "#d92d20";
  pen.beginPath();
  pen.roundRect(SIZE - width, 0, width, 36, 18);
  pen.fill();
  pen.fillStyle = "#fff";
  pen.font = "bold 28px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(text, SIZE - width / 2, 19);
  return canvas.toDataURL("image/png");
}
