import { Badge, Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShortTime } from "../components/useShortTime";
import { useMay } from "../session/MeContext";
import { useRestore, useVersions } from "./queries";
import styles from "./Rules.module.css";

/** What a rule said from change to change, and going back. */
export function Versions({ id }: { id: string }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const may = useMay("rule.manage");
  const { data } = useVersions(id);
  const restore = useRestore(id);
  if (!data) return <p className={styles.hint}>{t("rules.loading")}</p>;
  return (
    <ul className={styles.runs}>
      {data.map(({ number, reading, made_by, made_at, current }) => (
        <li key={number} className={styles.run}>
          <p className={styles.runHead}>
            <strong>{t("rules.runs.version", { n: number })}</strong>
            <span>{made_by?.name ?? "Kefu"}</span>
            <span>{time(made_at)}</span>
            {current && <Badge color="teal">{t("rules.versions.current")}</Badge>}
            {may && !current && (
              <Button
                variant="default"
                size="compact-sm"
                loading={restore.isPending}
                onClick={() => restore.mutate(number)}
              >
                {t("rules.versions.restore")}
              </Button>
            )}
          </p>
          <p className={styles.reading}>{reading}</p>
        </li>
      ))}
    </ul>
  );
}
