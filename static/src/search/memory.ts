// Where somebody was in what they found, for as long as the page is open: the way back leads there.
const scrolled = new Map<string, number>();
let last = "/search";

export function rememberSearch(address: string): void {
  last = address;
}

export const lastSearch = (): string => last;

export function rememberScroll(address: string, top: number): void {
  scrolled.set(address, top);
}

export const scrollOf = (address: string): number => scrolled.get(address) ?? 0;
