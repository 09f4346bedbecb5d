import { VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Avatar } from "../components/Avatar";
import { useCompany } from "../stream/useCompany";
import styles from "./Company.module.css";

const SHOWN = 3;

/** The faces of who else looks at this conversation; a ring around whoever types. */
export function Company() {
  const { t, i18n } = useTranslation();
  const people = useCompany();
  if (people.length === 0) return null;
  const list = new Intl.ListFormat(i18n.language);
  const words = t("company.here", { names: list.format(people.map(({ name }) => name)) });
  return (
    <span className={styles.faces} title={words} data-part="company">
      <VisuallyHidden role="status">{words}</VisuallyHidden>
      {people.slice(0, SHOWN).map(({ id, name, typing }) => (
        <span key={id} className={styles.face} data-typing={typing || undefined}>
          <Avatar name={name} size={26} />
        </span>
      ))}
      {people.length > SHOWN && <span className={styles.more}>+{people.length - SHOWN}</span>}
    </span>
  );
}
