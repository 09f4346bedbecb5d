import { ArrowDownLeft, ArrowUpRight, NotebookPen } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { MessageKind } from "../api/types";
import { Avatar } from "../components/Avatar";
import { useShortTime } from "../components/useShortTime";
import { previewIcon } from "../inbox/preview";
import { pathTo } from "../inbox/views";
import { useMe } from "../session/MeContext";
import { type Asked, addressOf } from "./address";
import type { Excerpt, FoundContact, FoundMessage, FoundNote } from "./queries";
import styles from "./Search.module.css";

interface HitProps<T> {
  hit: T;
  asked: Asked;
}

export function MessageHit({ hit, asked }: HitProps<FoundMessage>) {
  const { t } = useTranslation();
  const me = useMe();
  const Icon = previewIcon(hit.kind as MessageKind);
  const out = hit.direction === "out";
  const Direction = out ? ArrowUpRight : ArrowDownLeft;
  const author = hit.author?.id === me.id ? t("inbox.you") : hit.author?.name;
  return (
    <Hit to={`${pathTo("all", hit.conversation_id)}#m-${hit.id}`} asked={asked}>
      <Head name={hit.contact.name} at={hit.at} where={hit.channel_name} />
      <span className={styles.said}>
        <Direction
          size={14}
          role="img"
          aria-label={t(`searchPage.direction.${hit.direction}`)}
          className={styles.icon}
        />
        {Icon && <Icon size={14} role="img" aria-label={t(`kind.${hit.kind}`)} />}
        <span className={styles.words} dir="auto">
          {out && author && <span className={styles.author}>{author}：</span>}
          <Words parts={hit.excerpt} />
        </span>
      </span>
    </Hit>
  );
}

export function NoteHit({ hit, asked }: HitProps<FoundNote>) {
  const { t } = useTranslation();
  const aim = hit.kind === "internal" ? `#note-${hit.id}` : "";
  const to = hit.conversation_id ? `${pathTo("all", hit.conversation_id)}${aim}` : null;
  return (
    <Hit to={to} asked={asked}>
      <Head name={hit.contact.name} at={hit.at} where={t(`searchPage.note.${hit.kind}`)} />
      <span className={styles.said}>
        <NotebookPen size={14} aria-hidden="true" className={styles.icon} />
        <span className={styles.words} dir="auto">
          <span className={styles.author}>{hit.author.name}：</span>
          <Words parts={hit.excerpt} />
        </span>
      </span>
    </Hit>
  );
}

export function ContactHit({ hit, asked }: HitProps<FoundContact>) {
  const to = hit.conversation_id ? pathTo("all", hit.conversation_id) : null;
  return (
    <Hit to={to} asked={asked}>
      <span className={styles.contact}>
        <Avatar name={hit.contact.name} size={32} />
        <span className={styles.words} dir="auto">
          <Words parts={hit.excerpt} />
        </span>
        <Time at={hit.at} />
      </span>
    </Hit>
  );
}

interface FrameProps {
  /** Nowhere: somebody who has no conversation that the reader sees. */
  to: string | null;
  asked: Asked;
  children: ReactNode;
}

function Hit({ to, asked, children }: FrameProps) {
  return (
    <li className={styles.hit}>
      {to ? (
        <Link href={to} state={{ search: addressOf(asked) }} className={styles.link}>
          {children}
        </Link>
      ) : (
        <span className={styles.link}>{children}</span>
      )}
    </li>
  );
}

function Head({ name, at, where }: { name: string; at: string; where: string }) {
  return (
    <span className={styles.hitHead}>
      <span className={styles.name} dir="auto">
        {name}
      </span>
      <span className={styles.where}>{where}</span>
      <Time at={at} />
    </span>
  );
}

function Time({ at }: { at: string }) {
  const short = useShortTime();
  return (
    <time className={styles.time} dateTime={at}>
      {short(at)}
    </time>
  );
}

/** Never as HTML: these are a customer's words. */
function Words({ parts }: { parts: Excerpt }) {
  let at = 0;
  return parts.map(({ text, hit }) => {
    const key = at;
    at += text.length;
    return hit ? (
      <mark key={key} className={styles.mark}>
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    );
  });
}
