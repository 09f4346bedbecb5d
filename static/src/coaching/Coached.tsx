import { useContext } from "react";
import type { Message } from "../api/types";
import { later } from "../components/later";
import { CoachedContext } from "./context";

const { Later: Words } = later(() => import("./CoachedWords"));
const UNSAID = new Set(["held", "rejected", "withdrawn"]);

/** Below a message: that it waits for a mentor, how that ended, and what a reviewer says of it. */
export function Coached({ message }: { message: Message }) {
  const said = useContext(CoachedContext).get(message.id);
  if (!said && !UNSAID.has(message.status)) return null;
  return <Words message={message} said={said ?? { held: null, remarks: [] }} />;
}
