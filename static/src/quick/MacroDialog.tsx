import { Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Conversation, Macro } from "../api/types";
import { MacroLookView } from "./MacroLookView";
import { MacroPicker } from "./MacroPicker";
import "./words";

interface DialogProps {
  conversation: Conversation;
  onClose(): void;
}

/** Choose a macro, see what it will do here, run it. */
export default function MacroDialog({ conversation, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Macro | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={chosen ? chosen.name : t("quick.macro.open")}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {chosen ? (
        <MacroLookView
          conversation={conversation}
          macro={chosen}
          onBack={() => setChosen(null)}
          onDone={onClose}
        />
      ) : (
        <MacroPicker onChoose={setChosen} />
      )}
    </Modal>
  );
}
