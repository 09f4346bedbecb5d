import { Button, Modal, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Tag } from "../../card/queries";
import quick from "../../quick/Quick.module.css";
import { useMergeTag } from "./changes";

interface DialogProps {
  tag: Tag;
  tags: Tag[];
  onClose(): void;
}

/** Whatever has this tag has another one instead; said before it is done, and it can be taken back. */
export function MergeDialog({ tag, tags, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [intoId, setIntoId] = useState<string | null>(null);
  const merge = useMergeTag();
  const others = tags.filter(
    ({ id, region_id, archived_at }) =>
      id !== tag.id && region_id === tag.region_id && archived_at === null,
  );
  const into = others.find(({ id }) => id === intoId);
  const uses = (tag.uses?.contacts ?? 0) + (tag.uses?.conversations ?? 0);
  const confirm = () => into && merge.mutate({ tag, into }, { onSuccess: onClose });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("settings.tags.merge", { name: tag.name })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <div className={quick.form}>
        <Select
          data-autofocus
          searchable
          label={t("settings.tags.into")}
          nothingFoundMessage={t("card.picker.none")}
          data={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={intoId}
          onChange={setIntoId}
        />
        {into && (
          <p>{t("settings.tags.mergeSays", { count: uses, name: tag.name, into: into.name })}</p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button disabled={!into} loading={merge.isPending} onClick={confirm}>
            {t("settings.tags.mergeDo")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
