import { ActionIcon } from "@mantine/core";
import { Tags } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyUndo } from "../components/toasts";
import { useShortTime } from "../components/useShortTime";
import styles from "../contacts/Contact.module.css";
import { useMay } from "../session/MeContext";
import { type Card, type PutTag, useTagContact } from "./queries";
import { TagChip } from "./TagChip";
import tagStyles from "./Tags.module.css";

const TagPicker = lazy(() => import("./TagPicker"));

/** The tags of a contact, put on and taken off where they stand. */
export function TagsSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const { contact, tags } = card;
  const may = useMay("tag.apply");
  const tagging = useTagContact(contact.id);
  const [picking, setPicking] = useState(false);
  const remove = (tag: PutTag) =>
    tagging.mutate(
      { remove: [tag.id] },
      {
        onSuccess: () =>
          notifyUndo(t("card.tagRemoved", { name: tag.name }), () =>
            tagging.mutate({ add: [tag.id] }),
          ),
      },
    );
  return (
    <section className={styles.section} aria-label={t("card.tags")}>
      <div className={styles.sectionHead}>
        <h3 className={styles.sectionTitle}>{t("card.tags")}</h3>
        {may && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t("card.addTag")}
            title={t("card.addTag")}
            onClick={() => setPicking(true)}
          >
            <Tags size={15} />
          </ActionIcon>
        )}
      </div>
      {tags.length === 0 && <p className={styles.empty}>{t("card.noTags")}</p>}
      <div className={tagStyles.chips}>
        {tags.map((tag) => (
          <PutChip key={tag.id} tag={tag} onRemove={may ? () => remove(tag) : undefined} />
        ))}
      </div>
      {picking && (
        <Suspense>
          <TagPicker
            of={{
              name: contact.name,
              regionId: contact.region_id,
              has: new Set(tags.map(({ id }) => id)),
              scope: "contact",
            }}
            busy={tagging.isPending}
            onToggle={({ id }, on) => tagging.mutate(on ? { add: [id] } : { remove: [id] })}
            onClose={() => setPicking(false)}
          />
        </Suspense>
      )}
    </section>
  );
}

function PutChip({ tag, onRemove }: { tag: PutTag; onRemove?: () => void }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const who = tag.by_rule ? t("card.byRule") : (tag.by?.name ?? "");
  const why = [tag.description, t("card.tagBy", { name: who, time: time(tag.at) })];
  return (
    <TagChip
      tag={tag}
      title={why.filter(Boolean).join("\n")}
      removeLabel={t("card.removeTag", { name: tag.name })}
      onRemove={onRemove}
    />
  );
}
