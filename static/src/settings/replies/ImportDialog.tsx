import { Button, FileInput, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import type { ImportedReplies } from "../../api/types";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { useImport } from "./changes";
import styles from "./Prepared.module.css";

/** A file is looked at first: what it would do is said before it is done. */
export function ImportDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const look = useImport();
  const take = useImport();
  const refusal = look.error ?? take.error;
  const seen = look.data;
  const choose = (next: File | null) => {
    setFile(next);
    look.reset();
    take.reset();
    if (next) look.mutate({ file: next, look: true });
  };
  const confirm = () => {
    if (!file) return;
    const done = ({ added, changed, odd }: ImportedReplies) => {
      if (odd.length > 0) return;
      notifyDone(t("settings.import.done", { added, changed }));
      onClose();
    };
    take.mutate({ file, look: false }, { onSuccess: done });
  };
  const ready = seen && seen.odd.length === 0 && seen.added + seen.changed > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("settings.replies.import")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={quick.form}>
        <p className={styles.hint}>{t("settings.import.hint")}</p>
        <FileInput
          label={t("settings.import.file")}
          placeholder={t("settings.import.choose")}
          accept=".csv,text/csv"
          value={file}
          onChange={choose}
          clearable
        />
        {refusal && (
          <p className={quick.refusal} role="alert">
            {[refusal.message, refusal instanceof ApiError && refusal.remedy]
              .filter(Boolean)
              .join(" ")}
          </p>
        )}
        {seen && (
          <p role="status">
            {t("settings.import.seen", {
              added: seen.added,
              changed: seen.changed,
              same: seen.same,
            })}
          </p>
        )}
        {seen && seen.odd.length > 0 && (
          <ul className={styles.odd}>
            {seen.odd.map(({ line, message }) => (
              <li key={line}>{t("settings.import.odd", { line, message })}</li>
            ))}
          </ul>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button disabled={!ready} loading={look.isPending || take.isPending} onClick={confirm}>
            {t("settings.import.do")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
