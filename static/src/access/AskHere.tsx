import { lazy, Suspense } from "react";
import { useAccessAsked } from "./askForAccess";

const AskDialog = lazy(() => import("./AskDialog"));

/** Part of no page: the dialog opens over whatever refused something. */
export function AskHere() {
  const [asked, close] = useAccessAsked();
  if (!asked) return null;
  return (
    <Suspense>
      <AskDialog lacking={asked} onClose={close} />
    </Suspense>
  );
}
