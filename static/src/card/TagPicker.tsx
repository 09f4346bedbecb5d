import { Button, Combobox, Modal, TextInput, useCombobox } from "@mantine/core";
import { Check, Plus } from "lucide-react";
import { type KeyboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../session/MeContext";
import { dotOf } from "./dot";
import { type Tag, useMakeTag, useTags } from "./queries";
import styles from "./Tags.module.css";
import "./words";

const NEW = "new";

export interface Taggable {
  name: string;
  regionId: number;
  /** What it has, by id. */
  has: ReadonlySet<string>;
  /** contact, or conversation. */
  scope: "contact" | "conversation";
}

interface PickerProps {
  of: Taggable;
  busy: boolean;
  onToggle(tag: Tag, on: boolean): void;
  onClose(): void;
}

type Picking = Pick<PickerProps, "of" | "busy" | "onToggle">;

/** What fits the words typed so far, and what choosing it does. */
function usePicking({ of, busy, onToggle }: Picking) {
  const [search, setSearch] = useState("");
  const { data: tags } = useTags();
  const make = useMakeTag();
  const mayMake = useMay("tag.manage");
  // The list is always there: closed, Mantine would leave the keys to nobody.
  const combobox = useCombobox({ opened: true });
  const found = fitting(tags ?? [], of, search);
  const name = search.trim();
  const exists = found.some((one) => one.name.toLocaleLowerCase() === name.toLocaleLowerCase());
  const offersNew = mayMake && name !== "" && !exists;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first is chosen whenever the list is another one
  useEffect(() => {
    combobox.selectFirstOption();
  }, [search, tags?.length]);
  const submit = (value: string) => {
    if (busy || make.isPending) return;
    if (value === NEW) {
      make.mutate(
        { region_id: of.regionId, name },
        {
          onSuccess: (tag) => {
            setSearch("");
            onToggle(tag, true);
          },
        },
      );
      return;
    }
    const tag = found.find(({ id }) => id === value);
    if (tag) onToggle(tag, !of.has.has(tag.id));
  };
  return { tags, found, search, setSearch, name, offersNew, combobox, submit };
}

/** Words narrow the list, arrows move in it, Enter puts a tag on or takes it off, Escape is done. */
export default function TagPicker({ of, busy, onToggle, onClose }: PickerProps) {
  const { t } = useTranslation();
  const { tags, found, search, setSearch, name, offersNew, combobox, submit } = usePicking({
    of,
    busy,
    onToggle,
  });
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.nativeEvent.isComposing) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("card.picker.title", { name: of.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <Combobox store={combobox} onOptionSubmit={submit}>
        <Combobox.EventsTarget withExpandedAttribute>
          <TextInput
            data-autofocus
            value={search}
            maxLength={60}
            aria-label={t("card.picker.search")}
            placeholder={t("card.picker.search")}
            onKeyDown={press}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </Combobox.EventsTarget>
        <Combobox.Options className={styles.options} aria-label={t("card.tags")}>
          {groupsOf(found).map(([group, rows]) => (
            <Combobox.Group key={group} label={group || undefined}>
              {rows.map((tag) => (
                <Option key={tag.id} tag={tag} on={of.has.has(tag.id)} />
              ))}
            </Combobox.Group>
          ))}
          {offersNew && (
            <Combobox.Option value={NEW} className={styles.option}>
              <Plus size={15} aria-hidden="true" />
              <span className={styles.optionName}>{t("card.picker.make", { name })}</span>
            </Combobox.Option>
          )}
          {tags && found.length === 0 && !offersNew && (
            <Combobox.Empty>{t(search ? "card.picker.none" : "card.picker.empty")}</Combobox.Empty>
          )}
          {!tags && <Combobox.Empty>{t("inbox.loading")}</Combobox.Empty>}
        </Combobox.Options>
      </Combobox>
      <div className={styles.pickerDeeds}>
        <Button variant="default" onClick={onClose}>
          {t("card.picker.done")}
        </Button>
      </div>
    </Modal>
  );
}

function Option({ tag, on }: { tag: Tag; on: boolean }) {
  return (
    <Combobox.Option value={tag.id} className={styles.option} active={on} style={dotOf(tag.colour)}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.optionName}>
        <bdi>{tag.name}</bdi>
      </span>
      <span className={styles.optionHint}>{tag.description}</span>
      {on && <Check size={15} aria-hidden="true" />}
    </Combobox.Option>
  );
}

/** What can be put on it, and what it has already. */
export function fitting(tags: Tag[], of: Taggable, search: string): Tag[] {
  const words = search.trim().toLocaleLowerCase();
  return tags.filter(
    ({ id, region_id, scope, name, group }) =>
      region_id === of.regionId &&
      (scope === "both" || scope === of.scope || of.scope === "conversation" || of.has.has(id)) &&
      [name, group].some((text) => text.toLocaleLowerCase().includes(words)),
  );
}

export function groupsOf(tags: Tag[]): [string, Tag[]][] {
  const groups = new Map<string, Tag[]>();
  for (const tag of tags) groups.set(tag.group, [...(groups.get(tag.group) ?? []), tag]);
  return [...groups];
}
