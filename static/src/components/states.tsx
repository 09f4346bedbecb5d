import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import styles from "./components.module.css";

interface NoticeProps {
  icon?: ReactNode;
  title: string;
  hint?: string | null;
  children?: ReactNode;
}

/** A pane with nothing to show yet: says so, and what comes next. */
export function Notice({ icon, title, hint, children }: NoticeProps) {
  return (
    <div className={styles.notice}>
      {icon && (
        <span className={styles.noticeIcon} aria-hidden="true">
          {icon}
        </span>
      )}
      <p className={styles.noticeTitle}>{title}</p>
      {hint && <p className={styles.noticeHint}>{hint}</p>}
      {children}
    </div>
  );
}

interface FailedProps {
  error: unknown;
  onRetry?: () => void;
  children?: ReactNode;
}

/** A fetch that failed: the reason in plain words and a way to try again. */
export function FailedNotice({ error, onRetry, children }: FailedProps) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  return (
    <div role="alert" className={styles.fill}>
      <Notice
        title={known?.message ?? t("error.unknown")}
        hint={known ? known.remedy : t("error.unknownRemedy")}
      >
        {onRetry && (
          <Button variant="default" size="compact-md" onClick={onRetry}>
            {t("action.retry")}
          </Button>
        )}
        {children}
      </Notice>
    </div>
  );
}
