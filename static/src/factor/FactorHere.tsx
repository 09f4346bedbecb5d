import { lazy, Suspense, useEffect } from "react";
import { settleFactor, useFactorAsked } from "./asking";

const FactorDialog = lazy(() => import("./FactorDialog"));

/** Part of no page: the dialog opens over whatever needs a code. */
export function FactorHere() {
  const asked = useFactorAsked();
  // What waited for one person's code is never done under the next one's name.
  useEffect(() => () => settleFactor(false), []);
  if (!asked) return null;
  return (
    <Suspense>
      <FactorDialog />
    </Suspense>
  );
}
