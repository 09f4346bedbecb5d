import { useTranslation } from "react-i18next";
import { type Locale, languageOf, pickLanguage } from "../i18n";
import styles from "./SignIn.module.css";

/** Each language under its own name, so that it can be found without reading the other one. */
const LOCALES: { locale: Locale; name: string }[] = [
  { locale: "zh-Hant", name: "繁體中文" },
  { locale: "en", name: "English" },
];

export function LocaleSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className={styles.locales}>
      <legend className={styles.hidden}>{t("account.language")}</legend>
      {LOCALES.map(({ locale, name }) => (
        <button
          key={locale}
          type="button"
          lang={locale}
          aria-pressed={i18n.language === locale}
          onClick={() => pickLanguage(languageOf(locale))}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
