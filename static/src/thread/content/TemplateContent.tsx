import { LayoutTemplate } from "lucide-react";
import type { Message } from "../../api/types";
import { useThread } from "../context";
import { RichText } from "../text/RichText";
import kit from "./Content.module.css";
import { HeaderMedia } from "./HeaderMedia";
import classes from "./Interactive.module.css";
import { Buttons } from "./InteractiveContent";

export function TemplateContent({ message }: { message: Message }) {
  const { t } = useThread();
  const { header, text, footer, buttons, name, language } = message.content;
  return (
    <>
      <span className={kit.label}>
        <LayoutTemplate size={12} />
        {[t("thread.kind.template"), name, language].filter(Boolean).join(" · ")}
      </span>
      <HeaderMedia message={message} />
      {header && <p className={classes.header}>{header}</p>}
      {text && <RichText text={text} />}
      {footer && <p className={kit.small}>{footer}</p>}
      <Buttons
        titles={(buttons ?? []).map((button) =>
          typeof button === "string" ? button : button.title,
        )}
      />
    </>
  );
}
