import { memo, type ReactNode, useMemo, useState } from "react";
import { useThread } from "../context";
import { disguisedHost } from "./linkify";
import { type MarkupNode, parseMarkup, plainOf } from "./markup";
import classes from "./RichText.module.css";
import { emojiCount, foldOf, holdsCjk } from "./script";

function Address({ href, value }: { href: string; value: string }) {
  const host = disguisedHost({ href, value });
  return (
    <>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow" className={classes.link}>
        <bdi>{value}</bdi>
      </a>
      {host && <span className={classes.host}> ({host})</span>}
    </>
  );
}

function draw(node: MarkupNode, key: number): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "link":
      return <Address key={key} href={node.href} value={node.value} />;
    case "strong":
      return <strong key={key}>{node.children.map(draw)}</strong>;
    case "emphasis":
      return (
        <em key={key} className={holdsCjk(plainOf(node.children)) ? classes.dotted : undefined}>
          {node.children.map(draw)}
        </em>
      );
    case "strike":
      return <s key={key}>{node.children.map(draw)}</s>;
    case "quote":
      return (
        <span key={key} className={classes.quote}>
          {node.children.map(draw)}
        </span>
      );
    case "code":
      return (
        <code key={key} className={classes.code}>
          {node.value}
        </code>
      );
    case "block":
      return (
        <code key={key} className={classes.block}>
          {node.value}
        </code>
      );
  }
}

/** A message's text: WhatsApp's marks, safe links, long ones folded, a few lone emoji drawn large. */
export const RichText = memo(function RichText({ text }: { text: string }) {
  const { t } = useThread();
  const [open, setOpen] = useState(false);
  const fold = useMemo(() => foldOf(text), [text]);
  const shown = open || fold === null ? text : fold;
  const nodes = useMemo(() => parseMarkup(shown), [shown]);
  const emoji = emojiCount(text);
  if (emoji > 0 && emoji <= 3) {
    return <p className={classes.emoji}>{text.trim()}</p>;
  }
  return (
    <p className={classes.text} dir="auto">
      {nodes.map(draw)}
      {fold !== null && (
        <>
          {!open && "… "}
          <button type="button" className={classes.fold} onClick={() => setOpen(!open)}>
            {t(open ? "thread.text.less" : "thread.text.more")}
          </button>
        </>
      )}
    </p>
  );
});
