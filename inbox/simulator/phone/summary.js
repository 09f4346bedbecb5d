// One line about a message: for chat lists, quotes and screen readers.
import { t } from "./words.js";

export function summary(kind, content) {
  if (!kind || !content) return t("unknown_quote");
  switch (kind) {
    case "text":
      return content.body ?? "";
    case "image":
    case "video":
      return content.caption || t(kind);
    case "document":
      return content.caption || content.filename || t("document");
    case "location":
      return content.name || t("location");
    case "contacts":
      return content[0]?.name?.formatted_name || t("contact");
    case "call":
      return t(content.duration ? "call" : "miss_call");
    case "interactive":
      return content.nfm_reply ? t("form_sent") : content.button_reply?.title ?? content.list_reply?.title ?? content.body?.text ?? t("interactive");
    case "button":
      return content.text;
    case "template":
      return content.body || content.header || t("template");
    default:
      return t(kind);
  }
}
