import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { ChannelHealth } from "../api/types";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import { Deed, Fact, Part } from "./Part";
import styles from "./Part.module.css";
import { useChannelDeed } from "./queries";
import { limitWords, toneOf, valueWords, wordsOf } from "./words";

const VALUES = [
  "can_send",
  "quality",
  "limit",
  "throughput",
  "verified_name",
  "name_status",
  "number_status",
  "username",
  "review",
  "ban",
  "payment",
] as const;
// What goes without saying unless WhatsApp said something.
const RARE = new Set<string>(["username", "review", "ban", "payment"]);

/** WhatsApp's judgement of the number, asked anew when it is old. */
export function HealthPart({
  channelId,
  health,
}: {
  channelId: string;
  health: ChannelHealth | undefined;
}) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const check = useChannelDeed(channelId, "check");
  useCheckedOnce(health, () => check.mutate(undefined));
  const error = health?.check_error && wordsOf(health.check_error, i18n.language);
  const known = health?.check_error ? health.answered_at : health?.checked_at;
  return (
    <Part
      title={t("channels.health.title")}
      action={
        <Deed onClick={() => check.mutate(undefined)} busy={check.isPending}>
          {t("channels.health.check")}
        </Deed>
      }
    >
      {error && (
        <p className={styles.trouble} role="alert">
          {t("channels.health.failed")} {error.message} {error.remedy}
        </p>
      )}
      <dl className={styles.facts} data-old={health?.check_error ? "" : undefined}>
        {VALUES.filter((name) => !RARE.has(name) || health?.[name]).map((name) => (
          <Fact key={name} label={t(`channels.health.${name}`)}>
            <Value value={health?.[name]} name={name} />
          </Fact>
        ))}
      </dl>
      {health && health.problems.length > 0 && <Problems problems={health.problems} />}
      {known && (
        <p className={styles.hint}>
          {t(health?.check_error ? "channels.health.asOf" : "channels.health.checked", {
            time: fullTime(known, i18n.language, me.time_zone),
          })}
        </p>
      )}
    </Part>
  );
}

/** Opening the page asks WhatsApp when the answer at hand is old; once, whatever it says. */
function useCheckedOnce(health: ChannelHealth | undefined, check: () => void): void {
  const asked = useRef(false);
  useEffect(() => {
    if (!health?.stale || asked.current) return;
    asked.current = true;
    check();
  });
}

function Value({ value, name }: { value: string | undefined; name: string }) {
  const { t } = useTranslation();
  if (value === undefined) return <span className={styles.hint}>…</span>;
  if (!value) return <span className={styles.hint}>{t("channels.value.unknown")}</span>;
  const own = name === "verified_name" || name === "username";
  const words = name === "limit" ? limitWords(value, t) : valueWords(value, t);
  return <span data-tone={toneOf(value)}>{own ? value : words}</span>;
}

function Problems({ problems }: { problems: ChannelHealth["problems"] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.plain}>
      {problems.map((one) => (
        <li key={one.entity + one.code + one.words} lang="en">
          <strong>{t(`channels.entity.${one.entity}`, { defaultValue: one.entity })}</strong>{" "}
          {one.words} {one.solution}
        </li>
      ))}
    </ul>
  );
}
