import { useTranslation } from "react-i18next";
import classes from "./Quick.module.css";

/** What the customer will have to press below the text. */
export function ReplyButtons({ titles }: { titles: readonly string[] }) {
  const { t } = useTranslation();
  if (titles.length === 0) return null;
  return (
    <p className={classes.buttons}>
      {t("quick.buttons")}
      {titles.map((title) => (
        <span key={title} className={classes.button}>
          <bdi>{title}</bdi>
        </span>
      ))}
    </p>
  );
}
