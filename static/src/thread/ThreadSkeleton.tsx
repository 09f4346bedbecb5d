import { useTranslation } from "react-i18next";
import classes from "./Thread.module.css";

const widths = [190, 280, 150, 320, 240];

/** Bubbles to come. Appears only after a moment: a quick answer shows nothing in between. */
export function ThreadSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.thread}>
      <div className={classes.skeleton} role="status" aria-label={t("thread.loading")}>
        {widths.map((width, index) => (
          <span key={width} style={{ width }} data-ours={index % 2 === 1 || undefined} />
        ))}
      </div>
    </div>
  );
}
