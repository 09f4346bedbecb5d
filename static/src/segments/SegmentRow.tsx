import { ActionIcon, Button } from "@mantine/core";
import { Archive, ArchiveRestore, ChevronDown, Pencil, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Segment } from "../api/types";
import { fullTime } from "../components/times";
import { useMay, useMe } from "../session/MeContext";
import { People } from "./People";
import { useArchiveSegment, useCountSegment } from "./queries";
import styles from "./Segments.module.css";
import { SizeHistory } from "./SizeHistory";

interface RowProps {
  segment: Segment;
  onEdit(): void;
}

/** A segment in the list: what it asks, how many it holds, and opened also who and how that changed. */
export function SegmentRow({ segment, onEdit }: RowProps) {
  const { t, i18n } = useTranslation();
  const { time_zone, regions } = useMe();
  const [open, setOpen] = useState(false);
  const { name, description, reading, size, counted_at, region_id } = segment;
  const region = regions.length > 1 && regions.find(({ id }) => id === region_id)?.name;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <h2 className={styles.name}>
          <bdi>{name}</bdi>
          {region && <span className={styles.region}>{region}</span>}
        </h2>
        {description && <p className={styles.faint}>{description}</p>}
        <p className={styles.reading}>{reading}</p>
      </div>
      <div className={styles.figure}>
        <strong title={t("segments.sizeHint")}>
          {size === null ? "—" : size.toLocaleString(i18n.language)}
        </strong>
        {counted_at && (
          <span className={styles.faint}>{fullTime(counted_at, i18n.language, time_zone)}</span>
        )}
      </div>
      <Deeds segment={segment} onEdit={onEdit} />
      <Button
        size="compact-sm"
        variant="subtle"
        aria-expanded={open}
        rightSection={<ChevronDown size={14} />}
        onClick={() => setOpen(!open)}
      >
        {t("segments.details")}
      </Button>
      {open && (
        <div className={styles.details}>
          <SizeHistory id={segment.id} />
          <People id={segment.id} />
        </div>
      )}
    </li>
  );
}

function Deeds({ segment, onEdit }: RowProps) {
  const { t } = useTranslation();
  const mayEdit = useMay("segment.edit");
  const archive = useArchiveSegment();
  const count = useCountSegment();
  const { id, name, archived_at } = segment;
  const gone = archived_at !== null;
  return (
    <div className={styles.deeds}>
      <ActionIcon
        variant="subtle"
        aria-label={t("segments.count", { name })}
        title={t("segments.count", { name })}
        loading={count.isPending}
        onClick={() => count.mutate(id)}
      >
        <RefreshCw size={15} />
      </ActionIcon>
      {mayEdit && !gone && (
        <ActionIcon
          variant="subtle"
          aria-label={t("segments.edit", { name })}
          title={t("segments.edit", { name })}
          onClick={onEdit}
        >
          <Pencil size={15} />
        </ActionIcon>
      )}
      {mayEdit && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t(gone ? "segments.restore" : "segments.archive", { name })}
          title={t(gone ? "segments.restore" : "segments.archive", { name })}
          onClick={() => archive.mutate({ id, archived: !gone })}
        >
          {gone ? <ArchiveRestore size={15} /> : <Archive size={15} />}
        </ActionIcon>
      )}
    </div>
  );
}
