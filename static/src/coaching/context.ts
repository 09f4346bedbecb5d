import { createContext } from "react";
import type { HeldReply, Remark } from "../api/types";

/** What is said of one message. */
export interface Said {
  held: HeldReply | null;
  remarks: Remark[];
}

/** By message; bubbles without an entry are not redrawn for what is said of others. */
export const CoachedContext = createContext<ReadonlyMap<string, Said>>(new Map());
