import type { TFunction } from "i18next";
import { CircleAlert, Info, Star } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShortTime } from "../components/useShortTime";
import styles from "./Card.module.css";
import type { Card, Highlight } from "./queries";

const ICONS: Record<string, typeof Info> = { warn: CircleAlert, good: Star, info: Info };

/** What comes first, each with where it comes from; pressed, it leads there. */
export function Highlights({ card }: { card: Card }) {
  const { t } = useTranslation();
  if (card.highlights.length === 0) return null;
  return (
    <section aria-label={t("card.highlights")}>
      <ul className={styles.highlights}>
        {card.highlights.map((one) => (
          <li key={`${one.code}:${one.source_id}`} data-tone={one.tone}>
            <Line highlight={one} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Line({ highlight }: { highlight: Highlight }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const Icon = ICONS[highlight.tone] ?? Info;
  const source = t(`card.source.${highlight.source_kind}`, { defaultValue: "" });
  return (
    <button type="button" className={styles.highlight} onClick={() => show(highlight.source_id)}>
      <Icon size={15} aria-hidden="true" />
      <span>
        {highlightWords(highlight, t)}
        <span className={styles.source}>
          {[source, time(highlight.at)].filter(Boolean).join(" · ")}
        </span>
      </span>
    </button>
  );
}

export function highlightWords({ code, values }: Highlight, t: TFunction): string {
  const mark = values.mark ? t(`card.mark.${values.mark}`, { defaultValue: values.mark }) : "";
  return t(`card.highlight.${code}`, { ...values, count: Number(values.count ?? 0), mark });
}

/** The entry it follows from, wherever it stands on the card. */
function show(id: string): void {
  const entry = document.querySelector<HTMLElement>(`[data-entry="${id}"]`);
  if (!entry) return;
  entry.closest("details")?.setAttribute("open", "");
  entry.scrollIntoView({ block: "center" });
  // The focus shows which one it is, and goes on from there.
  entry.tabIndex = -1;
  entry.focus({ preventScroll: true });
}
