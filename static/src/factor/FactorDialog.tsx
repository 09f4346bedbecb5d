import { Button, Modal } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import { settleFactor } from "./asking";
import { CodeField } from "./CodeField";
import styles from "./Factor.module.css";
import { passkeysWork } from "./passkey";
import { useGivePasskey, usePasskeys } from "./passkeyQueries";
import { useGiveCode } from "./queries";
import { useCodeForm, wordsOf } from "./useCodeForm";
import "./words";

/** Asks for a code; then everything that waited for it goes on. */
export default function FactorDialog() {
  const { t } = useTranslation();
  const give = useGiveCode();
  const show = useGivePasskey();
  const { data: passkeys = [] } = usePasskeys();
  const withPasskey = passkeysWork() && passkeys.length > 0;
  const { form, field, code } = useCodeForm(give, () => settleFactor(true));
  return (
    <Modal
      opened
      zIndex={400}
      onClose={() => settleFactor(false)}
      title={t("factor.ask.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={styles.form} {...form}>
        <p className={styles.hint}>
          {t(withPasskey ? "factor.ask.hintPasskey" : "factor.ask.hint")}
        </p>
        {withPasskey && (
          <>
            <Button
              data-autofocus
              leftSection={<KeyRound size={16} aria-hidden="true" />}
              loading={show.isPending}
              onClick={() => show.mutate(undefined, { onSuccess: () => settleFactor(true) })}
            >
              {t("passkey.use")}
            </Button>
            {show.error && (
              <p role="alert" className={styles.low}>
                {wordsOf(show.error)}
              </p>
            )}
          </>
        )}
        <CodeField words {...field} label={t("factor.code")} />
        <div className={styles.deeds}>
          <Button variant="default" onClick={() => settleFactor(false)}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={give.isPending} disabled={!code.trim()}>
            {t("factor.ask.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
