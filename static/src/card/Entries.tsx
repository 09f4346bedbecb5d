import type { TFunction } from "i18next";
import { FileText, Image, Mic, Video } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { moneyOf } from "../components/money";
import { useShortTime } from "../components/useShortTime";
import styles from "../contacts/Contact.module.css";
import cardStyles from "./Card.module.css";
import type { Card, Entry } from "./queries";

/** Orders and payments in one line of time, with what they come to. */
export function PurchasesSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const rows = timeline(card);
  return (
    <section className={styles.section} aria-label={t("card.purchases")}>
      <h3 className={styles.sectionTitle}>{t("card.purchases")}</h3>
      {card.figures.map(({ currency, orders, spent_minor, last_order_at }) => (
        <p key={currency} className={cardStyles.figures}>
          {t("card.spent", {
            count: orders,
            money: moneyOf(spent_minor, currency),
          })}
          {last_order_at && ` · ${t("card.lastOrder", { time: time(last_order_at) })}`}
        </p>
      ))}
      {rows.length === 0 && <p className={styles.empty}>{t("card.noPurchases")}</p>}
      <Rows rows={rows} more={moreOf(card, "orders")}>
        {(entry) => <PurchaseRow entry={entry} />}
      </Rows>
    </section>
  );
}

export function timeline({ sections }: Pick<Card, "sections">): Entry[] {
  const rows = [...(sections.orders ?? []), ...(sections.payments ?? [])];
  return rows.sort((a, b) => b.at.localeCompare(a.at));
}

function PurchaseRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const { title, state, items, amount_minor, currency, at } = entry;
  return (
    <>
      <span className={cardStyles.rowTop}>
        <span className={cardStyles.rowTitle}>{t("card.order", { number: title })}</span>
        {amount_minor !== null && currency && (
          <span className={styles.number}>{moneyOf(amount_minor, currency)}</span>
        )}
      </span>
      {items.length > 0 && <span className={cardStyles.rowText}>{items.join("、")}</span>}
      <span className={cardStyles.rowHint}>
        {stateWords(state, t)} · {time(at)}
      </span>
    </>
  );
}

export function CasesSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const rows = card.sections.cases ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("card.cases")}>
      <h3 className={styles.sectionTitle}>{t("card.cases")}</h3>
      <Rows rows={rows} more={moreOf(card, "cases")}>
        {(entry) => (
          <Link href={`/inbox/all/${entry.conversation_id}`} className={cardStyles.rowLink}>
            <span className={cardStyles.rowTop}>
              <span className={cardStyles.rowTitle}>{t("card.case", { number: entry.title })}</span>
              <span className={cardStyles.rowHint}>{stateWords(entry.state, t)}</span>
            </span>
            <span className={cardStyles.rowHint}>
              {[...entry.items, entry.by?.name, time(entry.at)].filter(Boolean).join(" · ")}
            </span>
            {entry.marks.length > 0 && (
              <span className={cardStyles.marks}>
                {entry.marks.map((mark) => t(`card.mark.${mark}`)).join(" · ")}
              </span>
            )}
          </Link>
        )}
      </Rows>
    </section>
  );
}

const FILE_ICONS: Record<string, typeof FileText> = { image: Image, video: Video, audio: Mic };

export function FilesSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const rows = card.sections.files ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("card.files")}>
      <h3 className={styles.sectionTitle}>{t("card.files")}</h3>
      <Rows rows={rows} more={moreOf(card, "files")}>
        {(entry) => {
          const Icon = FILE_ICONS[entry.state] ?? FileText;
          return (
            <a
              href={entry.url ?? undefined}
              target="_blank"
              rel="noreferrer noopener"
              className={cardStyles.rowLink}
            >
              <span className={cardStyles.rowTop}>
                <span className={cardStyles.file}>
                  <Icon size={14} aria-hidden="true" />
                  <bdi>{entry.title || t(`card.fileKind.${entry.state}`)}</bdi>
                </span>
                <span className={cardStyles.rowHint}>{time(entry.at)}</span>
              </span>
            </a>
          );
        }}
      </Rows>
    </section>
  );
}

export function LinksSection({ card }: { card: Card }) {
  const { t } = useTranslation();
  const rows = card.sections.links ?? [];
  if (rows.length === 0) return null;
  return (
    <section className={styles.section} aria-label={t("card.links")}>
      <h3 className={styles.sectionTitle}>{t("card.links")}</h3>
      <Rows rows={rows} more={moreOf(card, "links")}>
        {(entry) => (
          <a
            href={entry.url ?? undefined}
            target="_blank"
            rel="noreferrer noopener"
            className={cardStyles.link}
          >
            {entry.title}
          </a>
        )}
      </Rows>
    </section>
  );
}

const SHOWN_FIRST = 5;

interface RowsProps {
  rows: Entry[];
  /** How many are shown where there are more; 0 where these are all. */
  more: number;
  children(entry: Entry): React.ReactNode;
}

/** The first few; the others when asked for. */
function Rows({ rows, more, children }: RowsProps) {
  const { t } = useTranslation();
  const rest = rows.slice(SHOWN_FIRST);
  const list = (some: Entry[]) => (
    <ul className={cardStyles.rows}>
      {some.map((entry) => (
        <li
          key={`${entry.kind}:${entry.id}:${entry.title}`}
          className={cardStyles.row}
          data-entry={entry.id}
        >
          {children(entry)}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {rows.length > 0 && list(rows.slice(0, SHOWN_FIRST))}
      {rest.length > 0 && (
        <details className={cardStyles.rest}>
          <summary>{t("contacts.more")}</summary>
          {list(rest)}
          {more > 0 && <p className={styles.empty}>{t("card.more", { count: more })}</p>}
        </details>
      )}
    </>
  );
}

function moreOf({ more, sections }: Card, name: string): number {
  return more.includes(name) ? (sections[name]?.length ?? 0) : 0;
}

function stateWords(state: string, t: TFunction): string {
  return t(`card.state.${state}`, { defaultValue: state });
}
