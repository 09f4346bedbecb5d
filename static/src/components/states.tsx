import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, FACTOR_REQUIRED } from "../api/client";
import { askForFactor } from "../factor/asking";
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

/** A fetch that failed: the reason in plain words and a way to try again, which is a code where one is lacking. */
export function FailedNotice({ error, onRetry, children }: FailedProps) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  const lacksCode = known?.code === FACTOR_REQUIRED;
  const retry = async () => {
    if (!lacksCode || (await askForFactor())) onRetry?.();
  };
  return (
    <div role="alert" className={styles.fill}>
      <Notice
        title={known?.message ?? t("error.unknown")}
        hint={known ? known.remedy : t("error.unknownRemedy")}
      >
        {onRetry && (
          <Button variant="default" size="compact-md" onClick={retry}>
            {t(lacksCode ? "action.confirmIdentity" : "action.retry")}
          </Button>
        )}
        {children}
      </Notice>
    </div>
  );
}
