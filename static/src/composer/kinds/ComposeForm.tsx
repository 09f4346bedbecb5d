import { lazy, Suspense } from "react";
import type { Compose } from "./useCompose";

const KindDialog = lazy(() => import("./KindDialog"));

/** The form of the kind that was chosen; its code comes when it is needed. */
export function ComposeForm({ compose }: { compose: Compose }) {
  const { open, picture, send, close } = compose;
  if (!open || open === "template") return null;
  return (
    <Suspense fallback={null}>
      <KindDialog name={open} picture={picture} onSend={send} onClose={close} />
    </Suspense>
  );
}
