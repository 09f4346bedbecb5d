import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "./api/client";

const HALF_HOUR = 30 * 60_000;

/** Only what may pass by itself is tried again: no network, or a server in trouble. */
function worthRetrying(failures: number, error: Error): boolean {
  if (failures >= 2) return false;
  return !(error instanceof ApiError) || error.code === "offline" || error.status >= 500;
}

/** Data never goes stale by age: the live stream writes into it, and a reset invalidates it. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: HALF_HOUR,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: worthRetrying,
        retryDelay: (failures) => Math.min(500 * 2 ** failures, 4000),
        // The wrapper tells "no network" apart itself; pausing would hide it.
        networkMode: "always",
      },
      mutations: { networkMode: "always" },
    },
  });
}
