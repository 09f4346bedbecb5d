import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { type ApiKey, useRevokeKey, useRotateKey } from "./queries";

interface SureProps {
  title: string;
  name: string;
  hint: string;
  deed: string;
  danger?: boolean;
  busy: boolean;
  onDo(): void;
  onClose(): void;
}

/** A deed with a consequence, asked for once more. */
export function Sure({ title, name, hint, deed, danger, busy, onDo, onClose }: SureProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={quick.form}>
        <p className={quick.filled}>
          <bdi>{name}</bdi>
        </p>
        <p className={quick.muted}>{hint}</p>
        <div className={quick.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button data-autofocus color={danger ? "red" : undefined} loading={busy} onClick={onDo}>
            {deed}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

interface DialogProps {
  apiKey: ApiKey;
  onClose(): void;
}

/** A successor, and days for changing over. */
export function RotateDialog(props: DialogProps & { days: number; onMade(secret: string): void }) {
  const { apiKey, days, onMade, onClose } = props;
  const { t } = useTranslation();
  const rotate = useRotateKey();
  const hint = days === 0 ? t("keysPage.rotateNow") : t("keysPage.rotateHint", { count: days });
  return (
    <Sure
      title={t("keysPage.rotateTitle")}
      name={apiKey.name}
      hint={hint}
      deed={t("keysPage.rotateDo")}
      busy={rotate.isPending}
      onDo={() => rotate.mutate(apiKey.id, { onSuccess: ({ secret }) => onMade(secret) })}
      onClose={onClose}
    />
  );
}

export function RevokeDialog({ apiKey, onClose }: DialogProps) {
  const { t } = useTranslation();
  const revoke = useRevokeKey();
  const done = () => {
    notifyDone(t("keysPage.revoked"));
    onClose();
  };
  return (
    <Sure
      title={t("keysPage.revokeTitle")}
      name={apiKey.name}
      hint={t("keysPage.revokeHint")}
      deed={t("keysPage.revokeDo")}
      danger
      busy={revoke.isPending}
      onDo={() => revoke.mutate(apiKey.id, { onSuccess: done })}
      onClose={onClose}
    />
  );
}
