import type { ReactNode } from "react";
import classes from "./Composer.module.css";

interface NoticeProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
  /** What can be done about it. */
  action?: ReactNode;
}

/** Stands in the composer's place when nothing can be written, and says why. */
export function Notice({ icon, title, children, action }: NoticeProps) {
  return (
    <div className={classes.notice} role="status">
      <span className={classes.noticeIcon}>{icon}</span>
      <div>
        <p className={classes.noticeTitle}>{title}</p>
        {children && <p className={classes.noticeWords}>{children}</p>}
        {action && <div className={classes.noticeAction}>{action}</div>}
      </div>
    </div>
  );
}
