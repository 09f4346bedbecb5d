import { Button } from "@mantine/core";
import { Archive, ArchiveRestore, Merge, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag } from "../../card/queries";
import { TagChip } from "../../card/TagChip";
import { groupsOf } from "../../card/TagPicker";
import { FailedNotice } from "../../components/states";
import { Tick } from "../../components/Tick";
import { useMe } from "../../session/MeContext";
import { useArchive, useRestore } from "../catalogue";
import { Deed } from "../Deed";
import styles from "../replies/Prepared.module.css";
import { SettingsPage } from "../SettingsPage";
import { TAGS, useTagSettings } from "./changes";
import { MergeDialog } from "./MergeDialog";
import { TagDialog } from "./TagDialog";
import "../../card/words";
import "../../mantineLater";

/** The tags of my regions: made, named, grouped, merged and put away. */
export default function TagsPage() {
  return (
    <SettingsPage section="tags">
      <Tags />
    </SettingsPage>
  );
}

type Open = { deed: "edit"; tag: Tag | null } | { deed: "merge"; tag: Tag };

function Tags() {
  const { t } = useTranslation();
  const [archived, setArchived] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  const query = useTagSettings(archived);
  const tags = query.data ?? [];
  const close = () => setOpen(null);
  return (
    <div className={styles.sheet} data-keeps-focus tabIndex={-1}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t("settings.tags.name")}</h1>
        <Button
          leftSection={<Plus size={15} />}
          onClick={() => setOpen({ deed: "edit", tag: null })}
        >
          {t("settings.tags.add")}
        </Button>
      </div>
      <p className={styles.hint}>{t("settings.tags.hint")}</p>
      <Tick checked={archived} onChange={setArchived}>
        {t("settings.tags.showArchived")}
      </Tick>
      {query.isPending && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && tags.length === 0 && <p className={styles.hint}>{t("settings.tags.none")}</p>}
      {groupsOf(tags).map(([group, rows]) => (
        <section key={group} aria-label={group || t("settings.tags.noGroup")}>
          <h2 className={styles.hint}>{group || t("settings.tags.noGroup")}</h2>
          <ul className={styles.rows}>
            {rows.map((tag) => (
              <TagRow key={tag.id} tag={tag} onOpen={setOpen} />
            ))}
          </ul>
        </section>
      ))}
      {open?.deed === "edit" && (
        <TagDialog tag={open.tag} groups={groupNames(tags)} onClose={close} />
      )}
      {open?.deed === "merge" && <MergeDialog tag={open.tag} tags={tags} onClose={close} />}
    </div>
  );
}

function groupNames(tags: Tag[]): string[] {
  return [...new Set(tags.map(({ group }) => group))].filter(Boolean);
}

function TagRow({ tag, onOpen }: { tag: Tag; onOpen(open: Open): void }) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const archive = useArchive(TAGS);
  const restore = useRestore(TAGS);
  const { name, uses } = tag;
  const region = regions.find(({ id }) => id === tag.region_id)?.name;
  const used = { contacts: uses?.contacts ?? 0, conversations: uses?.conversations ?? 0 };
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <TagChip tag={tag} />
          <span className={styles.tag}>{t(`settings.tags.scope.${tag.scope}`)}</span>
          {regions.length > 1 && region && <span className={styles.tag}>{region}</span>}
          {tag.archived_at && (
            <span className={styles.tag}>
              {t(tag.merged_into ? "settings.tags.isMerged" : "settings.tags.isArchived")}
            </span>
          )}
        </div>
        {tag.description && <p className={styles.text}>{tag.description}</p>}
        <p className={styles.figures}>{t("settings.tags.used", used)}</p>
      </div>
      <span className={styles.rowDeeds}>
        {tag.archived_at ? (
          <Deed label={t("settings.tags.restore", { name })} onClick={() => restore.mutate(tag.id)}>
            <ArchiveRestore size={16} />
          </Deed>
        ) : (
          <>
            <Deed
              label={t("settings.edit", { name })}
              onClick={() => onOpen({ deed: "edit", tag })}
            >
              <Pencil size={16} />
            </Deed>
            <Deed
              label={t("settings.tags.merge", { name })}
              onClick={() => onOpen({ deed: "merge", tag })}
            >
              <Merge size={16} />
            </Deed>
            <Deed label={t("settings.tags.archive", { name })} onClick={() => archive.mutate(tag)}>
              <Archive size={16} />
            </Deed>
          </>
        )}
      </span>
    </li>
  );
}
