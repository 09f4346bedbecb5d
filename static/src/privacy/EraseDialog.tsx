import { Alert, Button, Modal, Textarea, TextInput } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { saidByToast } from "../components/toasts";
import styles from "./Privacy.module.css";
import type { AboutContact } from "./PrivacyMenu";
import { useErase } from "./queries";
import "./words";

const REASON_MAX = 500;
const same = (typed: string, shown: string) =>
  typed.trim().toLocaleLowerCase() === shown.trim().toLocaleLowerCase();

/** Says that nothing brings it back, and has the name typed; then leads to what was destroyed. */
export default function EraseDialog({ contactId, shown, held, onClose }: AboutContact) {
  const { t } = useTranslation();
  const [confirm, setConfirm] = useState("");
  const [reason, setReason] = useState("");
  const [, navigate] = useLocation();
  const erase = useErase(contactId);
  const ready = !held && same(confirm, shown) && reason.trim() !== "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready || erase.isPending) return;
    // The card is gone by then, and this dialog with it.
    erase.mutateAsync({ confirm, reason }).then(() => navigate("/erasures"), saidByToast);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("privacy.erase.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} onSubmit={submit}>
        <Alert color="red" icon={<TriangleAlert size={18} />} title={t("privacy.erase.never")}>
          {t("privacy.erase.hint")}
        </Alert>
        {held && <p className={styles.refused}>{t("privacy.erase.held")}</p>}
        <TextInput
          data-autofocus
          label={t("privacy.erase.confirm", { name: shown })}
          autoComplete="off"
          disabled={held}
          value={confirm}
          onChange={(event) => setConfirm(event.currentTarget.value)}
        />
        <Textarea
          label={t("privacy.reason")}
          description={t("privacy.erase.reasonHint")}
          maxLength={REASON_MAX}
          autosize
          minRows={2}
          disabled={held}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <div className={styles.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" color="red" disabled={!ready} loading={erase.isPending}>
            {t("privacy.erase.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
