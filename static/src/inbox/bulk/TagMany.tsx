import { Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { BulkWish } from "../../api/mutations";
import type { Conversation } from "../../api/types";
import { dotOf } from "../../card/dot";
import { type Tag, useTags } from "../../card/queries";
import tagStyles from "../../card/Tags.module.css";
import styles from "../Inbox.module.css";

interface TagManyProps {
  chosen: Conversation[];
  onPick(wish: Omit<BulkWish, "ids">): void;
}

/** What can be put on all of the chosen ones, and what some of them have. */
export function TagMany({ chosen, onPick }: TagManyProps) {
  const { t } = useTranslation();
  const { data: tags, isPending } = useTags();
  const regions = new Set(chosen.map(({ region_id }) => region_id));
  const there = new Set(chosen.flatMap((row) => row.tags.map(({ id }) => id)));
  const usable = (tags ?? []).filter(({ region_id }) => regions.has(region_id));
  const on = usable.filter(({ id }) => there.has(id));
  if (isPending) return <Menu.Label>{t("inbox.loading")}</Menu.Label>;
  if (usable.length === 0) return <Menu.Label>{t("together.bulk.noTags")}</Menu.Label>;
  return (
    <div className={styles.tagItems}>
      <Menu.Label>{t("together.bulk.tagPut")}</Menu.Label>
      {usable.map((tag) => (
        <Item key={tag.id} tag={tag} onPick={() => onPick({ deed: "tag", tag: tag.id })} />
      ))}
      {on.length > 0 && <Menu.Label>{t("together.bulk.tagTake")}</Menu.Label>}
      {on.map((tag) => (
        <Item key={tag.id} tag={tag} onPick={() => onPick({ deed: "untag", tag: tag.id })} />
      ))}
    </div>
  );
}

function Item({ tag, onPick }: { tag: Tag; onPick: () => void }) {
  return (
    <Menu.Item
      leftSection={<span className={tagStyles.dot} style={dotOf(tag.colour)} />}
      onClick={onPick}
    >
      {tag.name}
    </Menu.Item>
  );
}
