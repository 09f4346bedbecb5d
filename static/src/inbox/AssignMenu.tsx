import { Button, Combobox, UnstyledButton, useCombobox } from "@mantine/core";
import type { TFunction } from "i18next";
import { ChevronDown, UserRound } from "lucide-react";
import { type ComponentProps, lazy, Suspense, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssign, useAssignTeam } from "../api/mutations";
import { useAssignees, usePeople } from "../api/queries";
import type { Assignee, Assignees, Author, Conversation } from "../api/types";
import { PresenceDot } from "../components/PresenceDot";
import { useMe } from "../session/MeContext";
import { AssignOptions, ME, NO_TEAM, NOBODY, TEAM, WHY } from "./AssignOptions";
import styles from "./Header.module.css";
import { mayHandOn, mayTake } from "./permissions";
import { useTake } from "./useTake";

const WhyDialog = lazy(() => import("../assigning/WhyDialog"));

const DROPDOWN = {
  keepMounted: false,
  withinPortal: false,
  width: 320,
  position: "bottom-end",
} as const;

interface AssignMenuProps {
  conversation: Conversation;
  opened: boolean;
  onOpenedChange: (opened: boolean) => void;
}

/** Whose it is; as much of changing it as this person may. */
export function AssignMenu(props: AssignMenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const take = useTake();
  const { conversation } = props;
  if (mayHandOn(me, conversation)) return <PeopleMenu {...props} />;
  if (mayTake(me, conversation)) {
    return (
      <AssignButton title={t("inbox.assignTitle")} onClick={() => take(conversation)}>
        {t("inbox.assignToMe")}
      </AssignButton>
    );
  }
  return <Assigned conversation={conversation} />;
}

function AssignButton({
  children,
  className = "",
  ...props
}: ComponentProps<typeof Button<"button">>) {
  return (
    <Button
      variant="default"
      size="compact-md"
      leftSection={<UserRound size={15} />}
      {...props}
      className={`${styles.button} ${className}`}
    >
      <span className={styles.buttonText}>{children}</span>
    </Button>
  );
}

/** What is chosen happens at once; what it said before is said by the toast of a refusal. */
function usePick(conversation: Conversation, assignees: Assignees | null, onWhy: () => void) {
  const me = useMe();
  const assign = useAssign();
  const assignTeam = useAssignTeam();
  const { id } = conversation;
  return (value: string) => {
    if (value === WHY) return onWhy();
    if (value === NO_TEAM) return assignTeam.mutate({ id, team: null });
    if (value.startsWith(TEAM)) {
      const team = assignees?.teams.find((one) => TEAM + one.id === value);
      if (team) assignTeam.mutate({ id, team });
      return;
    }
    const assignee = assigneeOf(value, me, assignees?.people ?? []);
    if (assignee?.id !== conversation.assignee?.id) assign.mutate({ id, assignee });
  };
}

function PeopleMenu({ conversation, opened, onOpenedChange }: AssignMenuProps) {
  const { t } = useTranslation();
  const assignees = useAssignees(conversation.id, opened);
  const [search, setSearch] = useState("");
  const [asked, setAsked] = useState(false);
  const pick = usePick(conversation, assignees.data ?? null, () => setAsked(true));
  const listId = useId();
  const combobox = useCombobox({ opened, onOpenedChange });
  useEffect(() => {
    if (!opened) setSearch("");
  }, [opened]);
  const close = (value: string) => {
    onOpenedChange(false);
    combobox.focusTarget();
    pick(value);
  };
  const name = conversation.assignee?.name ?? waitsFor(conversation, t);
  return (
    <Combobox {...DROPDOWN} store={combobox} onOptionSubmit={close}>
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <AssignButton
          leftSection={<Holder conversation={conversation} />}
          rightSection={<ChevronDown size={14} />}
          aria-haspopup="listbox"
          aria-expanded={opened}
          aria-label={t("inbox.assignLabel", { name })}
          title={t("inbox.assignTitle")}
          onClick={() => onOpenedChange(!opened)}
        >
          {name}
        </AssignButton>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          role="combobox"
          aria-expanded={true}
          aria-controls={listId}
          autoFocus
          value={search}
          placeholder={t("inbox.assignSearch")}
          aria-label={t("inbox.assignSearch")}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <AssignOptions
          id={listId}
          conversation={conversation}
          assignees={assignees.data ?? null}
          failed={assignees.isError}
          search={search}
          onListed={() => combobox.selectFirstOption()}
        />
      </Combobox.Dropdown>
      {asked && <Why conversation={conversation} onClose={() => setAsked(false)} />}
    </Combobox>
  );
}

/** Whether whoever has it is there. */
function Holder({ conversation }: { conversation: Conversation }) {
  const { data: people } = usePeople();
  const person = people?.find(({ id }) => id === conversation.assignee?.id);
  return person ? <PresenceDot person={person} /> : <UserRound size={15} />;
}

function Why(props: { conversation: Conversation; onClose: () => void }) {
  return (
    <Suspense>
      <WhyDialog {...props} />
    </Suspense>
  );
}

/** Whose it is, for those who cannot change it; pressed, it says why. */
function Assigned({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { assignee } = conversation;
  if (!assignee) return <span className={styles.assignedTo}>{waitsFor(conversation, t)}</span>;
  return (
    <>
      <UnstyledButton
        className={styles.assignedTo}
        title={t("inbox.assignWhy", { name: assignee.name })}
        onClick={() => setAsked(true)}
      >
        <Holder conversation={conversation} /> {assignee.name}
      </UnstyledButton>
      {asked && <Why conversation={conversation} onClose={() => setAsked(false)} />}
    </>
  );
}

function waitsFor({ team }: Conversation, t: TFunction): string {
  return team?.name ?? t("inbox.view.unassigned");
}

function assigneeOf(value: string, me: Author, people: Assignee[]): Author | null {
  if (value === NOBODY) return null;
  if (value === ME) return { id: me.id, name: me.name };
  const person = people.find((one) => String(one.id) === value);
  return person ? { id: person.id, name: person.name } : null;
}
