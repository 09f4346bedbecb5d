import type { Priority } from "../../api/types";

/** What presses most first. */
export const PRIORITIES: readonly Priority[] = ["urgent", "high", "normal", "low"];
