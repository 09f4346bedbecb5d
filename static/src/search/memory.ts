// Where somebody was in what they found, for as long as the page is open: the way back leads there.
const scrolled = new Map<string, number>();
const last = new Map<number, string>();

/** By person: whoever signs in next does not read what the last one looked for. */
export function rememberSearch(userId: number, address: string): void {
  last.set(userId, address);
}

export const lastSearch = (userId: number): string => last.get(userId) ?? "/search";

export function rememberScroll(address: string, top: number): void {
  scrolled.set(address, top);
}

export const scrollOf = (address: string): number => scrolled.get(address) ?? 0;
