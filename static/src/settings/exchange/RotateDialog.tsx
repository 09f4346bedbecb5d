import { useTranslation } from "react-i18next";
import { Sure } from "../keys/KeyDialogs";
import { useRotate } from "./queries";

interface DialogProps {
  what: "sources" | "subscriptions";
  id: string;
  name: string;
  onMade(secret: string): void;
  onClose(): void;
}

/** Another secret beside the one there is, until the next change. */
export function RotateDialog({ what, id, name, onMade, onClose }: DialogProps) {
  const { t } = useTranslation();
  const rotate = useRotate(what);
  return (
    <Sure
      title={t("exchange.rotateTitle")}
      name={name}
      hint={t(`exchange.rotateHint.${what}`)}
      deed={t("exchange.rotateDo")}
      busy={rotate.isPending}
      onDo={() => rotate.mutate(id, { onSuccess: ({ secret }) => onMade(secret) })}
      onClose={onClose}
    />
  );
}
