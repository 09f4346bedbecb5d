import { Button } from "@mantine/core";
import { LayoutTemplate, TimerOff } from "lucide-react";
import { useImperativeHandle } from "react";
import { useTranslation } from "react-i18next";
import { useMay, useMe } from "../session/MeContext";
import type { ComposerProps } from "./Composer";
import { ComposeForm } from "./kinds/ComposeForm";
import { useCompose } from "./kinds/useCompose";
import { Notice } from "./Notice";
import { useAttachments } from "./useAttachments";

/** Only a template may leave now (SR-1): why, and the way to one. */
export function ClosedWindow(props: ComposerProps & { state: "closed" | "never" | "moved" }) {
  const { t } = useTranslation();
  const me = useMe();
  const may = useMay("template.send");
  const { conversation, state } = props;
  const attachments = useAttachments(conversation.id);
  const compose = useCompose({ ...props, me, attachments });
  useImperativeHandle(props.ref, () => ({
    focus: () => {},
    addFiles: attachments.add,
    takeBack: () => false,
    openTemplates: () => compose.setOpen("template"),
    isArmed: () => false,
  }));
  return (
    <>
      <Notice
        icon={<TimerOff size={20} />}
        title={t(`composer.window.${state}`)}
        action={
          may && (
            <Button
              size="compact-md"
              leftSection={<LayoutTemplate size={16} />}
              onClick={() => compose.setOpen("template")}
            >
              {t("compose.template.use")}
            </Button>
          )
        }
      >
        {t(may ? "composer.window.closedWords" : "composer.window.closedNoTemplates")}
      </Notice>
      <ComposeForm compose={compose} channelId={conversation.channel.id} />
    </>
  );
}
