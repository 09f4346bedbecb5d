import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { settleFactor } from "./asking";
import { CodeField } from "./CodeField";
import styles from "./Factor.module.css";
import { useGiveCode } from "./queries";
import { useCodeForm } from "./useCodeForm";
import "./words";

/** Asks for a code; then everything that waited for it goes on. */
export default function FactorDialog() {
  const { t } = useTranslation();
  const give = useGiveCode();
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
        <p className={styles.hint}>{t("factor.ask.hint")}</p>
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
