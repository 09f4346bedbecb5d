import { Button } from "@mantine/core";
import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { AttachmentTray } from "../AttachmentTray";
import { type FileKind, rules } from "../files";
import type { Attachments } from "../useAttachments";

interface HeaderFileProps {
  attachments: Attachments;
  kinds: readonly FileKind[];
}

/** The file above the text: what is in the composer's tray already, or one chosen here. */
export function HeaderFile({ attachments, kinds }: HeaderFileProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  if (attachments.items.length > 0) return <AttachmentTray attachments={attachments} />;
  return (
    <div>
      <input
        ref={input}
        type="file"
        hidden
        accept={kinds.flatMap((kind) => rules[kind].types).join(",")}
        aria-label={t("compose.headerFile")}
        onChange={(event) => attachments.add(Array.from(event.target.files ?? []))}
      />
      <Button
        variant="default"
        size="compact-md"
        leftSection={<Paperclip size={15} />}
        onClick={() => input.current?.click()}
      >
        {t("compose.headerFile")}
      </Button>
    </div>
  );
}
