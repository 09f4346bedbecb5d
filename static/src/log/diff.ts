export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

/** What changed between two texts: the middle between a common beginning and a common end. */
export function difference(before: string, after: string): Piece[] {
  const old = [...before];
  const now = [...after];
  const most = Math.min(old.length, now.length);
  let start = 0;
  while (start < most && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const pieces: Piece[] = [
    { kind: "same", text: old.slice(0, start).join("") },
    { kind: "gone", text: old.slice(start, old.length - end).join("") },
    { kind: "new", text: now.slice(start, now.length - end).join("") },
    { kind: "same", text: old.slice(old.length - end).join("") },
  ];
  return pieces.filter(({ text }) => text !== "");
}
