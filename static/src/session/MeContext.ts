import { createContext, useContext } from "react";
import type { Me } from "../api/types";

export const MeContext = createContext<Me | null>(null);

/** The signed-in person. Only below the session gate, where there always is one. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe needs a signed-in session above it");
  return me;
}

/** True when the person holds a permission such as "conversation.reply". */
export function useMay(permission: string): boolean {
  return useMe().permissions.includes(permission);
}
