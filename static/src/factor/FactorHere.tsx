import { lazy, Suspense } from "react";
import { useFactorAsked } from "./asking";

const FactorDialog = lazy(() => import("./FactorDialog"));

/** Part of no page: the dialog opens over whatever needs a code. */
export function FactorHere() {
  if (!useFactorAsked()) return null;
  return (
    <Suspense>
      <FactorDialog />
    </Suspense>
  );
}
