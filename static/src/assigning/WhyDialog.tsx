import { Modal } from "@mantine/core";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { Assignment, Conversation } from "../api/types";
import { FailedNotice } from "../components/states";
import { fullTime } from "../components/times";
import { useMe } from "../session/MeContext";
import { useAssignments } from "./queries";
import styles from "./Why.module.css";
import "./words";

/** Who had a conversation, and why each of them was given it. */
export default function WhyDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const me = useMe();
  const { data, isError, error, refetch } = useAssignments(conversation.id);
  const mine = conversation.assignee?.id === me.id;
  const name = conversation.assignee?.name ?? "";
  return (
    <Modal
      opened
      onClose={onClose}
      title={mine ? t("assigning.why.mine") : t("assigning.why.theirs", { name })}
      size="lg"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {!isError && !data && <p className={styles.hint}>{t("inbox.loading")}</p>}
      {data && data.length === 0 && <p className={styles.hint}>{t("assigning.why.nothing")}</p>}
      <ol className={styles.history}>
        {data?.map((one, index) => (
          <li key={one.id} className={styles.once}>
            <Reason assignment={one} first={index === 0} />
          </li>
        ))}
      </ol>
    </Modal>
  );
}

function Reason({ assignment, first }: { assignment: Assignment; first: boolean }) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const time = (iso: string) => fullTime(iso, i18n.language, me.time_zone);
  const { at, ended_at, ended_how } = assignment;
  return (
    <>
      <p className={styles.reason}>{reasonOf(assignment, t)}</p>
      <p className={styles.hint}>
        {ended_at
          ? t("assigning.why.span", { from: time(at), to: time(ended_at) })
          : t("assigning.why.since", { from: time(at) })}
        {ended_at && ended_how && ` · ${t(`assigning.why.ended.${ended_how}`)}`}
      </p>
      {assignment.candidates.length > 0 && <Candidates assignment={assignment} opened={first} />}
    </>
  );
}

/** One sentence: how they were found, and what was asked for. */
export function reasonOf(assignment: Assignment, t: TFunction): string {
  const { assignee, by, method, rule, language, skill, team } = assignment;
  const names = { name: assignee.name, by: by?.name ?? "" };
  if (method === "reply" || method === "risk" || method === "balance") {
    return t(`assigning.why.${method}`, names);
  }
  if (method === "hand") {
    const self = by?.id === assignee.id;
    return t(
      self ? "assigning.why.self" : by ? "assigning.why.hand" : "assigning.why.unknown",
      names,
    );
  }
  const asked = [
    team && t("assigning.why.asked.team", { team }),
    language && t("assigning.why.asked.language", { language: languageName(language, t) }),
    skill && t("assigning.why.asked.skill", { skill }),
  ].filter(Boolean);
  const decided = t(`assigning.why.rule.${rule || "turn"}`, names);
  if (asked.length === 0) return decided;
  return t("assigning.why.withAsked", { decided, asked: asked.join(t("assigning.why.and")) });
}

function languageName(code: string, t: TFunction): string {
  return new Intl.DisplayNames(t("assigning.locale"), { type: "language" }).of(code) ?? code;
}

function Candidates({ assignment, opened }: { assignment: Assignment; opened: boolean }) {
  const { t } = useTranslation();
  return (
    <details open={opened}>
      <summary>{t("assigning.why.considered")}</summary>
      <table className={styles.candidates}>
        <thead>
          <tr>
            <th scope="col">{t("assigning.person")}</th>
            <th scope="col">{t("assigning.why.had")}</th>
            <th scope="col">{t("assigning.why.outcome")}</th>
          </tr>
        </thead>
        <tbody>
          {assignment.candidates.map(({ id, name, load, capacity, out }) => (
            <tr key={id} data-chosen={id === assignment.assignee.id || undefined}>
              <th scope="row">{name}</th>
              <td>{t("assigning.of", { load, capacity })}</td>
              <td>{t(`assigning.why.out.${outcome(id === assignment.assignee.id, out)}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {assignment.more > 0 && (
        <p className={styles.hint}>{t("assigning.why.more", { count: assignment.more })}</p>
      )}
    </details>
  );
}

function outcome(chosen: boolean, out: string): string {
  return chosen ? "chosen" : out || "free";
}
