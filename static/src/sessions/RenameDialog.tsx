import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { type KnownDevice, useRename } from "./queries";
import styles from "./Sessions.module.css";
import "./words";

const NAME_MAX = 60;

export function RenameDialog({ device, onClose }: { device: KnownDevice; onClose: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(device.name);
  const rename = useRename();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate({ id: device.id, name: name.trim() }, { onSuccess: onClose });
  };
  const refused = rename.error instanceof ApiError ? rename.error.message : null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("sessions.devices.renameTitle")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form onSubmit={submit}>
        <TextInput
          data-autofocus
          label={t("sessions.devices.name")}
          description={t("sessions.devices.nameHint", { kind: device.kind })}
          maxLength={NAME_MAX}
          value={name}
          error={refused ?? (rename.isError && t("error.unknown"))}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={styles.end}>
          <Button type="submit" loading={rename.isPending}>
            {t("sessions.devices.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
