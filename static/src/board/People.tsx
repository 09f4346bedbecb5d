import { useDroppable } from "@dnd-kit/core";
import { Button } from "@mantine/core";
import { Split } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Assignees, Board, BoardPerson, BoardTeam } from "../api/types";
import { PresenceDot, presenceOf } from "../components/PresenceDot";
import { span } from "../components/times";
import page from "./Board.module.css";
import styles from "./People.module.css";
import { counted } from "./useBoard";

interface PeopleProps {
  board: Board;
  now: number;
  /** Who could have what is being dragged; null while nothing is, or nobody knows yet. */
  fit: Assignees | null;
  onSpread: (person: BoardPerson) => void;
}

/** Those who answer, whoever waits longest at them first, and the teams: all of them places to drop on. */
export function People({ board, now, fit, onSpread }: PeopleProps) {
  const { t } = useTranslation();
  const people = [...board.people].sort(byNeed);
  const here = people.filter((person) => presenceOf(person) === "here").length;
  return (
    <section aria-labelledby="board-people">
      <h2 className={page.heading} id="board-people">
        {t("board.people")}
        <span className={page.number}>{t("board.here", { here, all: people.length })}</span>
      </h2>
      {people.length === 0 && <p className={page.empty}>{t("board.peopleEmpty")}</p>}
      <ul className={styles.people}>
        {people.map((person) => (
          <Person
            key={person.id}
            person={person}
            now={now}
            unfit={fit !== null && !fit.people.some(({ id }) => id === person.id)}
            onSpread={onSpread}
          />
        ))}
      </ul>
      {board.teams.length > 0 && (
        <>
          <h2 className={page.heading}>{t("board.teams")}</h2>
          <ul className={styles.people}>
            {board.teams.map((team) => (
              <Team
                key={team.id}
                team={team}
                unfit={fit !== null && !fit.teams.some(({ id }) => id === team.id)}
              />
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** Those who are away and keep customers waiting, then those who are there by how full they are. */
export function byNeed(one: BoardPerson, other: BoardPerson): number {
  return need(other) - need(one) || one.name.localeCompare(other.name);
}

function need(person: BoardPerson): number {
  const there = presenceOf(person) === "here";
  if (person.waiting > 0 && !there) return 3;
  if (!there) return 0;
  return 1 + person.load / Math.max(1, person.capacity);
}

interface PersonProps extends Pick<PeopleProps, "now" | "onSpread"> {
  person: BoardPerson;
  unfit: boolean;
}

function Person({ person, now, unfit, onSpread }: PersonProps) {
  const { t } = useTranslation();
  const { id, name, load, capacity, waiting } = person;
  const { setNodeRef, isOver } = useDroppable({
    id: `person ${id}`,
    data: { target: { kind: "person", id, name } },
    disabled: unfit,
  });
  const away = presenceOf(person) !== "here";
  return (
    <li
      ref={setNodeRef}
      className={styles.person}
      data-over={isOver || undefined}
      data-unfit={unfit || undefined}
      data-person={id}
    >
      <span className={styles.personHead}>
        <PresenceDot person={person} />
        <span className={styles.personName}>{name}</span>
        {person.trainee && <span className={styles.mark}>{t("board.trainee")}</span>}
        <span
          className={styles.load}
          data-full={load >= capacity || undefined}
          title={t("board.loadOf", { load, capacity })}
        >
          {t("board.load", { load, capacity })}
        </span>
      </span>
      <span className={styles.bar} data-full={load >= capacity || undefined} aria-hidden="true">
        <span style={{ width: `${Math.min(100, (100 * load) / Math.max(1, capacity))}%` }} />
      </span>
      <span className={styles.personFoot}>
        <Facts person={person} now={now} />
      </span>
      {away && waiting > 0 && (
        <Button
          className={styles.spread}
          variant="light"
          size="compact-xs"
          leftSection={<Split size={13} />}
          aria-label={t("board.spreadLabel", { name })}
          onClick={() => onSpread(person)}
        >
          {t("board.spread", { n: waiting })}
        </Button>
      )}
    </li>
  );
}

function Facts({ person, now }: { person: BoardPerson; now: number }) {
  const { t } = useTranslation();
  const { waiting, waiting_since, last_reply_at, away_since, held } = person;
  const ago = (iso: string) => now - Date.parse(iso);
  return (
    <>
      {waiting > 0 && waiting_since && (
        <strong>
          {t("board.waitingOf", { count: waiting, time: counted(ago(waiting_since)) })}
        </strong>
      )}
      {away_since && person.availability === "away" && (
        <span>{t("board.awayFor", { time: span(ago(away_since), t) })}</span>
      )}
      <span>
        {last_reply_at
          ? t("board.lastReply", { time: span(ago(last_reply_at), t) })
          : t("board.noReply")}
      </span>
      {held > 0 && (
        <Link href="/trainees" className={styles.mark}>
          {t("board.held", { count: held })}
        </Link>
      )}
    </>
  );
}

function Team({ team, unfit }: { team: BoardTeam; unfit: boolean }) {
  const { t } = useTranslation();
  const { id, name, waiting } = team;
  const { setNodeRef, isOver } = useDroppable({
    id: `team ${id}`,
    data: { target: { kind: "team", id, name } },
    disabled: unfit,
  });
  return (
    <li
      ref={setNodeRef}
      className={styles.person}
      data-over={isOver || undefined}
      data-unfit={unfit || undefined}
    >
      <span className={styles.personHead}>
        <span className={styles.personName}>{name}</span>
        <span className={styles.load}>{t("board.teamWaiting", { n: waiting })}</span>
      </span>
    </li>
  );
}
