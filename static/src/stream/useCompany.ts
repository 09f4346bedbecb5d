import { useSyncExternalStore } from "react";
import { company } from "./company";
import type { Present } from "./frames";

/** The others who look at the open conversation. */
export function useCompany(): readonly Present[] {
  return useSyncExternalStore(company.subscribe, company.present);
}
