import { ActionIcon } from "@mantine/core";
import { Pencil, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { CannedReply } from "../../api/types";
import { useShortTime } from "../../components/useShortTime";
import { useMe } from "../../session/MeContext";
import { useDeleteReply } from "./changes";
import styles from "./Prepared.module.css";

/** One reply: what to type for it, what it says, whose it is, how often it was sent. */
export function ReplyRow({ reply, onEdit }: { reply: CannedReply; onEdit(): void }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const { regions } = useMe();
  const remove = useDeleteReply();
  const { times, my_times, last_used_at, region_id, team } = reply;
  const region = regions.find(({ id }) => id === region_id)?.name;
  return (
    <li className={styles.row}>
      <div className={styles.words}>
        <div className={styles.names}>
          <span className={styles.shortcut}>/{reply.shortcut}</span>
          <bdi className={styles.name}>{reply.title}</bdi>
          {reply.language && <span className={styles.tag}>{reply.language}</span>}
          <span className={styles.tag}>{region ?? t("settings.place.mine")}</span>
          {team && <span className={styles.tag}>{team.name}</span>}
        </div>
        <p className={styles.text} dir="auto">
          {reply.text}
        </p>
        <p className={styles.figures}>
          {times === 0
            ? t("settings.replies.unused")
            : t("settings.replies.used", { count: times, mine: my_times })}
          {last_used_at && ` · ${t("settings.replies.last", { time: time(last_used_at) })}`}
        </p>
      </div>
      {reply.editable && (
        <span className={styles.rowDeeds}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("settings.edit", { name: reply.title })}
            onClick={onEdit}
          >
            <Pencil size={16} />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("settings.delete", { name: reply.title })}
            disabled={remove.isPending}
            onClick={() => remove.mutate(reply)}
          >
            <Trash2 size={16} />
          </ActionIcon>
        </span>
      )}
    </li>
  );
}
