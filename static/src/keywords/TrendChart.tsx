import { useTranslation } from "react-i18next";
import { Area, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { percent, pointsOf } from "./figures";
import styles from "./Keywords.module.css";
import type { KeywordDay } from "./queries";

const HEIGHT = 200;
const TICK = { fill: "var(--k-muted)", fontSize: 11 };

/** The share of conversations by day, within its bounds, and what was usual before each day. */
export default function TrendChart({ days }: { days: readonly KeywordDay[] }) {
  const { t } = useTranslation();
  const points = pointsOf(days);
  const last = days.at(-1);
  return (
    <figure className={styles.figureBox}>
      <div className={styles.chart} role="img" aria-label={t("keywords.chart", said())}>
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <ComposedChart data={points} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
            <XAxis
              dataKey="on"
              tick={TICK}
              tickFormatter={(on: string) => on.slice(5)}
              minTickGap={28}
              stroke="var(--k-border)"
            />
            <YAxis
              tick={TICK}
              width={44}
              tickFormatter={(share: number) => `${share} %`}
              stroke="var(--k-border)"
            />
            <Tooltip content={<Told days={days} />} isAnimationActive={false} />
            <Area
              dataKey="band"
              stroke="none"
              fill="var(--k-accent)"
              fillOpacity={0.14}
              isAnimationActive={false}
            />
            <Line
              dataKey="usual"
              stroke="var(--k-muted)"
              strokeDasharray="4 3"
              dot={false}
              isAnimationActive={false}
            />
            <Line
              dataKey="share"
              stroke="var(--k-accent)"
              strokeWidth={2}
              dot={false}
              isAnimationActive={false}
            />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
      <figcaption className={styles.legend}>
        <span data-line="share">{t("keywords.legend.share")}</span>
        <span data-line="band">{t("keywords.legend.band")}</span>
        <span data-line="usual">{t("keywords.legend.usual")}</span>
      </figcaption>
    </figure>
  );

  function said() {
    return {
      on: last?.on ?? "",
      share: percent(last?.share ?? 0),
      usual: percent(last?.usual ?? 0),
    };
  }
}

interface ToldProps {
  days: readonly KeywordDay[];
  active?: boolean;
  label?: string | number;
}

function Told({ days, active, label }: ToldProps) {
  const { t } = useTranslation();
  const day = active ? days.find(({ on }) => on === label) : undefined;
  if (!day) return null;
  return (
    <div className={styles.tooltip}>
      <strong>{day.on}</strong>
      <span>
        {percent(day.share)} ·{" "}
        {day.known
          ? t("keywords.ofThem", { conversations: day.conversations, of: day.of })
          : t("keywords.unknown")}
      </span>
      {day.usual !== null && <span>{t("keywords.usually", { share: percent(day.usual) })}</span>}
    </div>
  );
}
