import { ActionIcon } from "@mantine/core";
import { Tags } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyUndo } from "../components/toasts";
import { useShortTime } from "../components/useShortTime";
import styles from "../contacts/Contact.module.css";
import { pathToWhy } from "../rules/address";
import { useMay } from "../session/MeContext";
import { type Card, type PutTag, useTagContact } from "./queries";
import { TagChip } from "./TagChip";
import tagStyles from "./Tags.module.css";

const TagPicker = lazy(() => import("./TagPicker"));

interface SectionProps {
  card: Card;
  /** The conversation it stands beside; why a tag is there is asked in that one, else where its rule fired. */
  conversationId?: string;
}

/** The tags of a contact, put on and taken off where they stand. */
export function TagsSection({ card, conversationId }: SectionProps) {
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
          <PutChip
            key={tag.id}
            tag={tag}
            conversationId={conversationId}
            onRemove={may ? () => remove(tag) : undefined}
          />
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

interface ChipProps {
  tag: PutTag;
  conversationId?: string;
  onRemove?: () => void;
}

function PutChip({ tag, conversationId, onRemove }: ChipProps) {
  const { t } = useTranslation();
  const time = useShortTime();
  const mayAsk = useMay("rule.see");
  const { rule } = tag;
  const where = conversationId ?? rule?.conversation_id;
  const who = rule ? t("card.byRule", { rule: rule.name }) : (tag.by?.name ?? "");
  const why = [tag.description, t("card.tagBy", { name: who, time: time(tag.at) })];
  return (
    <TagChip
      tag={tag}
      title={why.filter(Boolean).join("\n")}
      removeLabel={t("card.removeTag", { name: tag.name })}
      onRemove={onRemove}
      why={
        mayAsk && rule && where
          ? {
              to: pathToWhy(where, rule.id),
              label: t("card.whyRule", { tag: tag.name, rule: rule.name }),
            }
          : undefined
      }
    />
  );
}
