import { Popover } from "@mantine/core";
import { BookmarkPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CannedReplyForm } from "./CannedReplyForm";
import classes from "./Composer.module.css";

/** Keeps what is in the composer as a personal canned reply. */
export function SaveCannedReply({ text }: { text: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-start"
      trapFocus
      returnFocus
      width={320}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.tool}
          disabled={!text.trim()}
          onClick={() => setOpened(!opened)}
          aria-label={t("composer.save.name")}
          title={t("composer.save.name")}
        >
          <BookmarkPlus size={19} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        {opened && <CannedReplyForm text={text} onDone={() => setOpened(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}
