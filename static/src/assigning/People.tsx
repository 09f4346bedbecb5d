import { useTranslation } from "react-i18next";
import type { Team, Work } from "../api/types";
import { PresenceDot } from "../components/PresenceDot";
import styles from "./Assigning.module.css";

interface PeopleProps {
  people: Work[];
  teams: Team[];
  onChange: (person: Work) => void;
}

/** What each colleague can be given, and how much they have. */
export function People({ people, teams, onChange }: PeopleProps) {
  const { t } = useTranslation();
  return (
    <table className={styles.people}>
      <thead>
        <tr>
          <th scope="col">{t("assigning.person")}</th>
          <th scope="col">{t("assigning.people.load")}</th>
          <th scope="col">{t("assigning.people.languages")}</th>
          <th scope="col">{t("assigning.people.skills")}</th>
          <th scope="col">{t("assigning.people.teams")}</th>
          <th scope="col">
            <span className={styles.unseen}>{t("assigning.people.change")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {people.map((person) => (
          <Person key={person.id} person={person} teams={teams} onChange={onChange} />
        ))}
      </tbody>
    </table>
  );
}

function Person({
  person,
  teams,
  onChange,
}: { person: Work; teams: Team[] } & Pick<PeopleProps, "onChange">) {
  const { t, i18n } = useTranslation();
  const capacity = person.capacity ?? person.usual_capacity;
  const languages = person.languages.length > 0 ? person.languages : [person.own_language];
  const names = new Intl.DisplayNames(i18n.language, { type: "language" });
  const theirs = teams.filter(({ id }) => person.team_ids.includes(id));
  return (
    <tr>
      <th scope="row">
        <span className={styles.person}>
          <PresenceDot person={person} />
          {person.name}
          {person.trainee && <span className={styles.mark}>{t("assigning.people.trainee")}</span>}
        </span>
      </th>
      <td data-label={t("assigning.people.load")} data-full={person.load >= capacity || undefined}>
        {t("assigning.of", { load: person.load, capacity })}
      </td>
      <td data-label={t("assigning.people.languages")}>
        {languages.map((code) => names.of(code) ?? code).join(t("assigning.comma"))}
      </td>
      <td data-label={t("assigning.people.skills")}>
        {person.skills.join(t("assigning.comma")) || "–"}
      </td>
      <td data-label={t("assigning.people.teams")}>
        {theirs.map(({ name }) => name).join(t("assigning.comma")) || "–"}
      </td>
      <td>
        <button
          type="button"
          className={styles.change}
          aria-label={t("assigning.people.changeOf", { name: person.name })}
          onClick={() => onChange(person)}
        >
          {t("assigning.people.change")}
        </button>
      </td>
    </tr>
  );
}
