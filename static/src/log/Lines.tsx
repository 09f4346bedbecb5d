import { ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Fact, Operation } from "../api/types";
import { fullTime } from "../components/times";
import { pathTo } from "../inbox/views";
import { useMe } from "../session/MeContext";
import { difference } from "./diff";
import type { Filters } from "./filters";
import styles from "./Log.module.css";
import { actorWords, labelOf, objectWords, sentence, valueWords } from "./sentence";

interface LinesProps {
  lines: Operation[];
  onFilter: (change: Filters) => void;
}

/** A line is a sentence; opened, it tells from where, what exactly, and where to look. */
export function Lines({ lines, onFilter }: LinesProps) {
  const { t } = useTranslation();
  return (
    <ol className={styles.lines} aria-label={t("log.title")}>
      {lines.map((line) => (
        <li key={line.id}>
          <Line line={line} onFilter={onFilter} />
        </li>
      ))}
    </ol>
  );
}

function Line({ line, onFilter }: { line: Operation; onFilter: LinesProps["onFilter"] }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const facts = line.facts.length + (line.covered || line.erased ? 1 : 0);
  return (
    <details className={styles.line}>
      <summary>
        <time dateTime={line.at}>{fullTime(line.at, i18n.language, me.time_zone)}</time>
        <span className={styles.sentence}>{sentence(line, t)}</span>
        <span className={styles.hint}>{line.device}</span>
      </summary>
      <div className={styles.details}>
        {facts > 0 && (
          <dl className={styles.facts}>
            {line.facts.map((fact) => (
              <FactRow key={`${fact.name} ${fact.words}`} fact={fact} />
            ))}
          </dl>
        )}
        {line.covered && <p className={styles.hint}>{t("log.covered")}</p>}
        {line.erased && <p className={styles.hint}>{t("log.erased")}</p>}
        <Where line={line} />
        <Ways line={line} onFilter={onFilter} />
      </div>
    </details>
  );
}

function FactRow({ fact }: { fact: Fact }) {
  const { t } = useTranslation();
  return (
    <div className={styles.fact}>
      <dt>{labelOf(fact, t)}</dt>
      <dd>
        {fact.words ? (
          <Difference fact={fact} />
        ) : fact.changed ? (
          <Change fact={fact} />
        ) : (
          <Value of={fact.after} />
        )}
      </dd>
    </div>
  );
}

function Difference({ fact }: { fact: Fact }) {
  const tags = { same: "span", gone: "del", new: "ins" } as const;
  return difference(fact.before ?? "", fact.after ?? "").map(({ kind, text }) => {
    const Tag = tags[kind];
    return <Tag key={`${kind} ${text}`}>{text}</Tag>;
  });
}

function Change({ fact }: { fact: Fact }) {
  return (
    <>
      <del>
        <Value of={fact.before} />
      </del>{" "}
      <span aria-hidden="true">→</span>{" "}
      <ins>
        <Value of={fact.after} />
      </ins>
    </>
  );
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

function Value({ of }: { of: string | null }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  if (of === null || of === "") return <>{t("log.nothing")}</>;
  if (MOMENT.test(of)) return <>{fullTime(of, i18n.language, me.time_zone)}</>;
  return <>{valueWords(of, t)}</>;
}

function Where({ line }: { line: Operation }) {
  const { t } = useTranslation();
  const me = useMe();
  const region = me.regions.find(({ id }) => id === line.region_id)?.name;
  const parts = [
    line.actor.kind === "system" ? line.actor.name : "",
    line.device,
    line.ip,
    region ?? "",
    t("log.line", { n: line.id }),
  ];
  return (
    <p className={styles.where}>
      {parts.filter((part) => part !== "").join(" · ")}
      {line.sealed && (
        <span className={styles.sealed}>
          <ShieldCheck size={13} aria-hidden="true" />
          {t("log.sealed")}
        </span>
      )}
    </p>
  );
}

function Ways({ line, onFilter }: { line: Operation; onFilter: LinesProps["onFilter"] }) {
  const { t } = useTranslation();
  const { subject, actor } = line;
  const path =
    subject.opens === "conversation"
      ? pathTo("all", subject.opens_id)
      : subject.opens === "channel"
        ? `/channels/${subject.opens_id}`
        : null;
  return (
    <p className={styles.ways}>
      {path && <Link href={path}>{t("log.open", { object: objectWords(line, t) })}</Link>}
      <button type="button" onClick={() => onFilter({ object: subject.id })}>
        {t("log.onlyObject")}
      </button>
      {actor.id !== null && (
        <button type="button" onClick={() => onFilter({ person: String(actor.id) })}>
          {t("log.onlyPerson", { who: actorWords(line, t) })}
        </button>
      )}
    </p>
  );
}
