import { Combobox } from "@mantine/core";
import { Check, CircleHelp, UserRound, UserRoundX, UsersRound } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Assignee, Assignees, Conversation } from "../api/types";
import { PresenceDot } from "../components/PresenceDot";
import { useMe } from "../session/MeContext";
import styles from "./Header.module.css";
import { mayTake } from "./permissions";

export const ME = "me";
export const NOBODY = "nobody";
export const NO_TEAM = "no-team";
export const WHY = "why";
export const TEAM = "team:";

/** Those whose name, language or skill holds the words; the server has put the likeliest first. */
export function matching({ people, teams }: Assignees, search: string): Assignees {
  const words = search.trim().toLocaleLowerCase();
  const holds = (...texts: string[]) =>
    texts.some((text) => text.toLocaleLowerCase().includes(words));
  return {
    people: people.filter(({ name, languages, skills }) => holds(name, ...languages, ...skills)),
    teams: teams.filter(({ name }) => holds(name)),
  };
}

interface OptionsProps {
  id: string;
  conversation: Conversation;
  /** Null while they are on their way. */
  assignees: Assignees | null;
  failed: boolean;
  search: string;
  /** After the options for these words are drawn. */
  onListed: () => void;
}

export function AssignOptions(props: OptionsProps) {
  const { conversation, assignees, search, onListed } = props;
  const { t } = useTranslation();
  const me = useMe();
  const found = matching(assignees ?? { people: [], teams: [] }, search);
  const others = found.people.filter(({ id }) => id !== me.id);
  const teams = found.teams.filter(
    ({ id }) => conversation.assignee || id !== conversation.team?.id,
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first match is chosen whenever the words change
  useEffect(() => {
    onListed();
  }, [search, assignees]);
  const nothing = others.length + teams.length === 0;
  return (
    <Combobox.Options id={props.id} className={styles.options} aria-label={t("inbox.assignTitle")}>
      {!search && <Deeds conversation={conversation} takeable={mayTake(me, conversation)} />}
      {others.map((person) => (
        <PersonOption
          key={person.id}
          person={person}
          chosen={person.id === conversation.assignee?.id}
        />
      ))}
      {teams.length > 0 && (
        <Combobox.Group label={t("inbox.assignTeams")}>
          {teams.map(({ id, name }) => (
            <Deed key={id} value={TEAM + id} icon={<UsersRound size={16} aria-hidden="true" />}>
              {name}
            </Deed>
          ))}
        </Combobox.Group>
      )}
      {nothing && search && assignees && <Combobox.Empty>{t("inbox.assignNobody")}</Combobox.Empty>}
      {!assignees && (
        <Combobox.Empty>{t(props.failed ? "inbox.assignFailed" : "inbox.loading")}</Combobox.Empty>
      )}
    </Combobox.Options>
  );
}

function Deeds({ conversation, takeable }: { conversation: Conversation; takeable: boolean }) {
  const { t } = useTranslation();
  const { assignee, team } = conversation;
  return (
    <>
      {takeable && (
        <Deed value={ME} icon={<UserRound size={16} aria-hidden="true" />}>
          {t("inbox.assignToMe")}
        </Deed>
      )}
      {assignee && (
        <Deed value={NOBODY} icon={<UserRoundX size={16} aria-hidden="true" />}>
          {t("inbox.unassign")}
        </Deed>
      )}
      {team && (
        <Deed value={NO_TEAM} icon={<UserRoundX size={16} aria-hidden="true" />}>
          {t("inbox.assignEverybody")}
        </Deed>
      )}
      {assignee && (
        <Deed value={WHY} icon={<CircleHelp size={16} aria-hidden="true" />}>
          {t("inbox.assignWhy", { name: assignee.name })}
        </Deed>
      )}
    </>
  );
}

function Deed({ value, icon, children }: { value: string; icon: ReactNode; children: ReactNode }) {
  return (
    <Combobox.Option value={value} className={styles.option}>
      {icon}
      <span className={styles.optionName}>{children}</span>
    </Combobox.Option>
  );
}

function PersonOption({ person, chosen }: { person: Assignee; chosen: boolean }) {
  const { t, i18n } = useTranslation();
  const names = new Intl.DisplayNames(i18n.language, { type: "language" });
  const known = [...person.languages.map((code) => names.of(code) ?? code), ...person.skills];
  return (
    <Combobox.Option value={String(person.id)} className={styles.option} active={chosen}>
      <PresenceDot person={person} />
      <span className={styles.optionName}>
        <bdi>{person.name}</bdi>
        <span className={styles.optionKnown}>{known.join(" · ")}</span>
      </span>
      <span
        className={styles.optionHint}
        data-full={person.load >= person.capacity || undefined}
        title={t("inbox.assignOf", { load: person.load, capacity: person.capacity })}
      >
        {t("inbox.assignLoad", { load: person.load })}
      </span>
      {chosen && <Check size={15} aria-hidden="true" />}
    </Combobox.Option>
  );
}
