import { PasswordInput } from "@mantine/core";
import { Check, Circle } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./NewPassword.module.css";
import type { NewPassword } from "./useNewPassword";

interface NewPasswordFieldsProps {
  wanted: NewPassword;
  error: string | null;
  autoFocus?: boolean;
}

/** A new password and the same once more, with what it still lacks told while it is typed. */
export function NewPasswordFields(props: NewPasswordFieldsProps) {
  const { wanted, error, autoFocus = false } = props;
  const { password, again, rules, length } = wanted;
  const { t } = useTranslation();
  const seen = { "aria-label": t("signIn.showPassword"), tabIndex: 0 };
  const different = again !== "" && again !== password;
  return (
    <>
      <PasswordInput
        label={t("newPassword.label")}
        name="new-password"
        autoComplete="new-password"
        autoFocus={autoFocus}
        data-autofocus={autoFocus || undefined}
        value={password}
        error={error}
        visibilityToggleButtonProps={seen}
        onChange={(event) => wanted.setPassword(event.currentTarget.value)}
      />
      <ul className={styles.rules} aria-label={t("newPassword.rules")}>
        {rules.map(({ rule, kept }) => (
          <li key={rule} data-kept={kept}>
            {kept ? <Check size={14} aria-hidden="true" /> : <Circle size={8} aria-hidden="true" />}
            {t(`newPassword.rule.${rule}`, { length })}
          </li>
        ))}
      </ul>
      <PasswordInput
        label={t("newPassword.again")}
        name="new-password-again"
        autoComplete="new-password"
        value={again}
        error={different && t("newPassword.different")}
        visibilityToggleButtonProps={seen}
        onChange={(event) => wanted.setAgain(event.currentTarget.value)}
      />
    </>
  );
}
