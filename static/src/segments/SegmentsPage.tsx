import { Button, Select, Switch } from "@mantine/core";
import { Plus, UsersRound } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Segment } from "../api/types";
import { FailedNotice, Notice } from "../components/states";
import { useMay, useMe } from "../session/MeContext";
import { SettingsPage } from "../settings/SettingsPage";
import { useSegments } from "./queries";
import { SegmentEditor } from "./SegmentEditor";
import { SegmentRow } from "./SegmentRow";
import styles from "./Segments.module.css";
import "../mantineLater";
import "./words";

/** Saved filters over the customers of a region. */
export default function SegmentsPage() {
  return (
    <SettingsPage section="segments">
      <Segments />
    </SettingsPage>
  );
}

function Segments() {
  const { t } = useTranslation();
  const { regions } = useMe();
  const mayEdit = useMay("segment.edit");
  const [region, setRegion] = useState<number | null>(null);
  const [archived, setArchived] = useState(false);
  const [editing, setEditing] = useState<Segment | "new" | null>(null);
  const query = useSegments(region, archived);
  const rows = query.data?.pages.flatMap(({ results }) => results) ?? [];
  if (editing) {
    return (
      <SegmentEditor
        segment={editing === "new" ? null : editing}
        regionId={editing === "new" ? (region ?? regions[0]?.id ?? 0) : editing.region_id}
        onClose={() => setEditing(null)}
      />
    );
  }
  return (
    <div className={styles.sheet} data-keeps-focus tabIndex={-1}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t("settings.segments.name")}</h1>
        {mayEdit && (
          <Button leftSection={<Plus size={15} />} onClick={() => setEditing("new")}>
            {t("segments.add")}
          </Button>
        )}
      </div>
      <p className={styles.hint}>{t("segments.hint")}</p>
      <div className={styles.filters}>
        {regions.length > 1 && (
          <Select
            aria-label={t("segments.region")}
            placeholder={t("segments.everyRegion")}
            clearable
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={region === null ? null : String(region)}
            onChange={(value) => setRegion(value === null ? null : Number(value))}
          />
        )}
        <Switch
          label={t("segments.showArchived")}
          checked={archived}
          onChange={({ currentTarget }) => setArchived(currentTarget.checked)}
        />
      </div>
      {query.isPending && <p className={styles.hint}>{t("segments.loading")}</p>}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && rows.length === 0 && (
        <Notice
          icon={<UsersRound size={28} />}
          title={t(archived ? "segments.noneArchived" : "segments.none")}
          hint={archived ? null : t("segments.noneHint")}
        />
      )}
      {rows.length > 0 && (
        <ul className={styles.rows}>
          {rows.map((row) => (
            <SegmentRow key={row.id} segment={row} onEdit={() => setEditing(row)} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          {t("segments.more")}
        </Button>
      )}
    </div>
  );
}
