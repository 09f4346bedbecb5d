import { ActionIcon, Button, Menu } from "@mantine/core";
import { BookmarkPlus, Flag, ListChecks, ListFilter, Pencil } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Priority, Sort } from "../api/types";
import { dotOf } from "../card/dot";
import { useTags } from "../card/queries";
import tagStyles from "../card/Tags.module.css";
import { PRESSING } from "../stream/lists";
import styles from "./Inbox.module.css";
import { PRIORITIES } from "./standing/priorities";
import flags from "./standing/Standing.module.css";
import type { InboxList } from "./useInboxList";
import "./togetherWords";

const ViewDialog = lazy(() => import("./saved/ViewDialog"));

/** In what order the list comes, and what it is narrowed by for now; from there to a saved view. */
export default function ListMenu({ list }: { list: InboxList }) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const { saved, narrowed } = list;
  const narrow = Object.keys(narrowed.narrowing).length > 0;
  return (
    <span className={styles.listTools}>
      {narrow && (
        <Button
          variant="light"
          size="compact-sm"
          title={t("together.list.widen")}
          onClick={() => narrowed.narrow({})}
        >
          {t("together.list.narrowed")}
        </Button>
      )}
      <Menu position="bottom-end" shadow="md" width={230} closeOnItemClick={false}>
        <Menu.Target>
          <ActionIcon
            variant={narrow ? "light" : "subtle"}
            color={narrow ? undefined : "gray"}
            size="lg"
            aria-label={t("together.list.menu")}
            title={t("together.list.menu")}
          >
            <ListFilter size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {narrowed.asked && PRESSING.includes(narrowed.asked.view) && <SortItems list={list} />}
          <PriorityItems list={list} />
          <TagItems list={list} />
          <Menu.Divider />
          {list.maySelect && (
            <Menu.Item
              closeMenuOnClick
              leftSection={<ListChecks size={16} />}
              onClick={list.selection.all}
            >
              {t("together.list.selectAll")}
            </Menu.Item>
          )}
          <Menu.Item
            closeMenuOnClick
            leftSection={saved?.editable ? <Pencil size={16} /> : <BookmarkPlus size={16} />}
            onClick={() => setSaving(true)}
          >
            {t(saved?.editable ? "together.view.edit" : "together.view.add")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {saving && (
        <Suspense>
          <ViewDialog
            saved={saved?.editable ? saved : null}
            asked={narrowed.asked}
            onClose={() => setSaving(false)}
          />
        </Suspense>
      )}
    </span>
  );
}

function SortItems({ list }: { list: InboxList }) {
  const { t } = useTranslation();
  const { sort, setSort } = list.narrowed;
  return (
    <>
      <Menu.Label>{t("together.list.sort")}</Menu.Label>
      <Menu.RadioGroup value={sort} onChange={(value) => setSort(value as Sort)}>
        {(["newest", "pressing"] as const).map((one) => (
          <Menu.RadioItem key={one} value={one}>
            {t(`together.list.${one}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
      <Menu.Divider />
    </>
  );
}

/** Those of my regions; the list is short, or is scrolled. */
function TagItems({ list }: { list: InboxList }) {
  const { t } = useTranslation();
  const { data: tags = [] } = useTags();
  const { narrowing, narrow } = list.narrowed;
  const chosen = narrowing.tag?.split(",") ?? [];
  if (tags.length === 0) return null;
  const toggle = (id: string) => {
    const next = chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id];
    const { tag: _, ...others } = narrowing;
    narrow(next.length > 0 ? { ...others, tag: next.join(",") } : others);
  };
  return (
    <>
      <Menu.Label>{t("together.list.tags")}</Menu.Label>
      <div className={styles.tagItems}>
        {tags.map(({ id, name, colour }) => (
          <Menu.CheckboxItem
            key={id}
            checked={chosen.includes(id)}
            rightSection={<span className={tagStyles.dot} style={dotOf(colour)} />}
            onChange={() => toggle(id)}
          >
            {name}
          </Menu.CheckboxItem>
        ))}
      </div>
    </>
  );
}

function PriorityItems({ list }: { list: InboxList }) {
  const { t } = useTranslation();
  const { narrowing, narrow } = list.narrowed;
  const chosen = narrowing.priority?.split(",") ?? [];
  const toggle = (priority: Priority) => {
    const next = PRIORITIES.filter((one) => chosen.includes(one) !== (one === priority));
    const { priority: _, ...others } = narrowing;
    narrow(next.length > 0 ? { ...others, priority: next.join(",") } : others);
  };
  return (
    <>
      <Menu.Label>{t("together.priority")}</Menu.Label>
      {PRIORITIES.map((priority) => (
        <Menu.CheckboxItem
          key={priority}
          checked={chosen.includes(priority)}
          rightSection={<Flag className={flags.flag} data-priority={priority} size={15} />}
          onChange={() => toggle(priority)}
        >
          {t(`inbox.priority.${priority}`)}
        </Menu.CheckboxItem>
      ))}
    </>
  );
}
