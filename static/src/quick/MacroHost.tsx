import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";
import type { Conversation } from "../api/types";
import { mayAnswer } from "../inbox/permissions";
import { useMe } from "../session/MeContext";
import { macroDialog } from "./openMacros";

const MacroDialog = lazy(() => import("./MacroDialog"));

/** Where the dialog stands while a conversation is open that this person may answer. */
export function MacroHost({ conversation }: { conversation: Conversation }) {
  const me = useMe();
  const may = mayAnswer(me, conversation);
  const opened = useSyncExternalStore(macroDialog.subscribe, macroDialog.isOpen);
  // Another conversation is another question.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it closes when the conversation is another
  useEffect(() => {
    macroDialog.close();
    return macroDialog.close;
  }, [conversation.id]);
  // Nor does it spring up later where it may not be used now.
  useEffect(() => {
    if (opened && !may) macroDialog.close();
  }, [opened, may]);
  if (!opened || !may) return null;
  return (
    <Suspense>
      <MacroDialog conversation={conversation} onClose={macroDialog.close} />
    </Suspense>
  );
}
