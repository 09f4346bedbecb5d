import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CodesToKeep } from "./CodesToKeep";

/** Closed only by the button: they are gone then. */
export function CodesDialog({ codes, onClose }: { codes: string[]; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("factor.codes.title")}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <CodesToKeep codes={codes} onKept={onClose} />
    </Modal>
  );
}
