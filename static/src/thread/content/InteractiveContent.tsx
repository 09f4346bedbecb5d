import { CornerDownRight, ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import type { Message, MessageContent } from "../../api/types";
import { useThread } from "../context";
import { linkify } from "../text/linkify";
import { RichText } from "../text/RichText";
import { isWaiting } from "../waiting";
import kit from "./Content.module.css";
import { FlowAnswer } from "./FlowAnswer";
import { HeaderMedia } from "./HeaderMedia";
import classes from "./Interactive.module.css";
import { ListChoices } from "./ListChoices";
import { OrderToPay } from "./OrderToPay";

/** What a customer chose from buttons or a list, or filled in; or what we offered to choose from. */
export function InteractiveContent({ message }: { message: Message }) {
  return message.direction === "in" ? <Answer message={message} /> : <Offer message={message} />;
}

function Answer({ message }: { message: Message }) {
  const { t } = useThread();
  const { type, text, title, description, response } = message.content;
  if (type === "nfm_reply") return <FlowAnswer response={response ?? ""} />;
  if (type === "call_permission_reply") {
    return <p>{t(response === "accept" ? "thread.calls.allowed" : "thread.calls.refused")}</p>;
  }
  return (
    <>
      <span className={kit.label}>
        <CornerDownRight size={12} /> {t("thread.interactive.chose")}
      </span>
      <RichText text={title || text || t("thread.kind.interactive")} />
      {description && <p className={kit.small}>{description}</p>}
    </>
  );
}

function Offer({ message }: { message: Message }) {
  const { t } = useThread();
  const { header, text, title, footer } = message.content;
  return (
    <>
      <HeaderMedia message={message} />
      {header && <p className={classes.header}>{header}</p>}
      <RichText text={text || title || t("thread.kind.interactive")} />
      {footer && <p className={kit.small}>{footer}</p>}
      <Action content={message.content} open={isWaiting(message)} />
    </>
  );
}

/** What there is to press, by the type of the message. */
function Action({ content, open }: { content: MessageContent; open: boolean }): ReactNode {
  const { t } = useThread();
  const { type, label, url, flow, product, catalog_id, order } = content;
  switch (type) {
    case "list":
      return (
        <ListChoices button={content.button ?? ""} sections={content.sections ?? []} open={open} />
      );
    case "product_list":
      return (
        <ListChoices
          button={t("thread.products.open")}
          sections={content.sections ?? []}
          open={open}
        />
      );
    case "cta_url":
      return <LinkButton label={label ?? ""} url={url ?? ""} />;
    case "location_request_message":
    case "request_contact_info":
    case "catalog_message":
      return <Buttons titles={[t(`thread.asks.${type}`)]} />;
    case "flow":
      return <Buttons titles={[flow?.label ?? ""]} />;
    case "product":
      return <Buttons titles={[t("thread.products.one", { product, catalog: catalog_id })]} />;
    case "order_details":
    case "order_status":
      return order ? <OrderToPay order={order} /> : null;
    default:
      return <Buttons titles={(content.buttons ?? []).map(titleOf)} />;
  }
}

function titleOf(button: { title: string } | string): string {
  return typeof button === "string" ? button : button.title;
}

function LinkButton({ label, url }: { label: string; url: string }) {
  const safe = linkify(url)[0];
  if (!safe) return <Buttons titles={[label]} />;
  return (
    <a
      className={classes.linkButton}
      href={safe.href}
      title={url}
      target="_blank"
      rel="noopener noreferrer"
    >
      <ExternalLink size={14} /> {label}
    </a>
  );
}

/** Buttons as the customer sees them; nothing happens when an agent presses them. */
export function Buttons({ titles }: { titles: string[] }) {
  if (titles.length === 0) return null;
  return (
    <ul className={classes.buttons}>
      {titles.map((title) => (
        <li key={title}>{title}</li>
      ))}
    </ul>
  );
}
