import { Button, Select, TextInput } from "@mantine/core";
import { Download, Plus, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CannedReply } from "../../api/types";
import { FailedNotice } from "../../components/states";
import { matching } from "../../composer/slash";
import { useReplies } from "../../quick/useStepNames";
import { useMe } from "../../session/MeContext";
import { SettingsPage } from "../SettingsPage";
import { ImportDialog } from "./ImportDialog";
import styles from "./Prepared.module.css";
import { ReplyDialog } from "./ReplyDialog";
import { ReplyRow } from "./ReplyRow";
import "../../quick/words";
import "../../mantineLater";

const EXPORT = "/api/v1/canned-replies/export";
const EVERYWHERE = "all";
const MINE = "mine";

/** The canned replies: looked for, written, shared, exchanged as files. */
export default function RepliesPage() {
  return (
    <SettingsPage section="replies">
      <Replies />
    </SettingsPage>
  );
}

function Replies() {
  const { t } = useTranslation();
  const query = useReplies();
  const [editing, setEditing] = useState<CannedReply | "new" | null>(null);
  const [importing, setImporting] = useState(false);
  return (
    <div className={styles.sheet}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t("settings.replies.name")}</h1>
        <Button variant="default" component="a" href={EXPORT} leftSection={<Download size={15} />}>
          {t("settings.replies.export")}
        </Button>
        <Button
          variant="default"
          leftSection={<Upload size={15} />}
          onClick={() => setImporting(true)}
        >
          {t("settings.replies.import")}
        </Button>
        <Button leftSection={<Plus size={15} />} onClick={() => setEditing("new")}>
          {t("settings.replies.add")}
        </Button>
      </div>
      <p className={styles.hint}>{t("settings.replies.hint")}</p>
      {query.isPending && <p className={styles.hint}>{t("quick.loading")}</p>}
      {query.isError && !query.data && (
        <FailedNotice error={query.error} onRetry={() => query.refetch()} />
      )}
      {query.data && <Found replies={query.data} onEdit={setEditing} />}
      {editing && (
        <ReplyDialog reply={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </div>
  );
}

interface FoundProps {
  replies: CannedReply[];
  onEdit(reply: CannedReply): void;
}

function Found({ replies, onEdit }: FoundProps) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const [search, setSearch] = useState("");
  const [place, setPlace] = useState(EVERYWHERE);
  const there = replies.filter(
    ({ mine, region_id }) =>
      place === EVERYWHERE || (place === MINE ? mine : String(region_id) === place),
  );
  const found = matching(there, search.trim().replace(/^\//, ""));
  const places = [
    { value: EVERYWHERE, label: t("settings.place.all") },
    { value: MINE, label: t("settings.place.mine") },
    ...regions.map(({ id, name }) => ({ value: String(id), label: name })),
  ];
  return (
    <>
      <div className={styles.filters}>
        <TextInput
          aria-label={t("settings.replies.search")}
          placeholder={t("settings.replies.search")}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Select
          aria-label={t("settings.place.label")}
          data={places}
          value={place}
          allowDeselect={false}
          onChange={(value) => setPlace(value ?? EVERYWHERE)}
        />
      </div>
      {found.length === 0 && (
        <p className={styles.hint}>
          {t(replies.length > 0 ? "settings.replies.noMatch" : "settings.replies.none")}
        </p>
      )}
      {found.length > 0 && (
        <ul className={styles.rows}>
          {found.map((reply) => (
            <ReplyRow key={reply.id} reply={reply} onEdit={() => onEdit(reply)} />
          ))}
        </ul>
      )}
    </>
  );
}
