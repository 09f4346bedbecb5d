import type { CSSProperties } from "react";

/** The colour of a tag, for whatever stands beside its name. */
export function dotOf(colour: string): CSSProperties {
  return { "--dot": `var(--mantine-color-${colour}-6)` } as CSSProperties;
}
