import { lazy, Suspense } from "react";
import type { Compose } from "./useCompose";

const KindDialog = lazy(() => import("./KindDialog"));
const TemplateDialog = lazy(() => import("../template/TemplateDialog"));

/** The form of the kind that was chosen; its code comes when it is needed. */
export function ComposeForm({ compose, channelId }: { compose: Compose; channelId: string }) {
  const { open, picture, attachments, send, close } = compose;
  const shared = { picture, attachments, onSend: send, onClose: close };
  if (!open) return null;
  return (
    <Suspense fallback={null}>
      {open === "template" ? (
        <TemplateDialog channelId={channelId} {...shared} />
      ) : (
        <KindDialog name={open} channelId={channelId} {...shared} />
      )}
    </Suspense>
  );
}
