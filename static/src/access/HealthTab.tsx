import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../api/client";
import { keys } from "../api/keys";
import type { Page, PermissionHealth } from "../api/types";
import { FailedNotice } from "../components/states";
import styles from "./Access.module.css";
import { permissionName } from "./rightWords";

function useHealth() {
  return useQuery({
    queryKey: keys.permissionHealth,
    queryFn: ({ signal }) => api.get<Page<PermissionHealth>>("permission-health", signal),
    select: (page) => page.results,
  });
}

/** Whether the permissions fit the work: used by those who have them, not refused to those who need them. */
export function HealthTab() {
  const { t } = useTranslation();
  const health = useHealth();
  if (health.isError) return <FailedNotice error={health.error} onRetry={() => health.refetch()} />;
  if (health.isPending) return <p className={styles.hint}>{t("access.loading")}</p>;
  return (
    <div className={styles.scroll}>
      <p className={styles.hint}>
        {t("access.health.hint")} {health.data[0]?.judged === false && t("access.health.soon")}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("access.health.permission")}</th>
            <th scope="col">{t("access.health.holders")}</th>
            <th scope="col">{t("access.health.usage")}</th>
            <th scope="col">{t("access.health.errors")}</th>
            <th scope="col">{t("access.health.proposal")}</th>
          </tr>
        </thead>
        <tbody>
          {health.data.map((one) => (
            <Line key={one.permission} health={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ health }: { health: PermissionHealth }) {
  const { t, i18n } = useTranslation();
  const share = new Intl.NumberFormat(i18n.language, { style: "percent" });
  const shown = (value: number | null) => (value === null ? "–" : share.format(value));
  return (
    <tr>
      <th scope="row">{permissionName(health.permission, t)}</th>
      <td>
        {health.usage === null
          ? "–"
          : t("access.health.of", { users: health.users, holders: health.holders })}
      </td>
      <td data-tone={health.usage_low ? "warning" : undefined}>{shown(health.usage)}</td>
      <td data-tone={health.errors_high ? "danger" : undefined}>{shown(health.errors)}</td>
      <td>
        {health.proposals.map(({ kind, level, people }) => (
          <p key={`${kind} ${level}`} className={styles.reason}>
            {t(`access.health.kind.${kind}`, {
              level: level && t(`access.health.level.${level}`),
              people: people.map(({ name }) => name).join(t("access.health.comma")),
            })}
          </p>
        ))}
      </td>
    </tr>
  );
}
