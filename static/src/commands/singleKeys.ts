import { useStoredFlag } from "../components/storage";

/** Whether keys without a modifier do something. */
export function useSingleKeys(): [boolean, (next: boolean) => void] {
  return useStoredFlag("kefu.keys.single", true);
}
