import { Button, Combobox, useCombobox } from "@mantine/core";
import { ChevronDown, UserRound } from "lucide-react";
import { type ComponentProps, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssign } from "../api/mutations";
import { usePeople } from "../api/queries";
import type { Author, Conversation, Person } from "../api/types";
import { useMe } from "../session/MeContext";
import { AssignOptions, ME, NOBODY } from "./AssignOptions";
import styles from "./Header.module.css";
import { mayHandOn, mayTake } from "./permissions";

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
  return (
    <span className={styles.assignedTo}>
      {conversation.assignee?.name ?? t("inbox.view.unassigned")}
    </span>
  );
}

/** Gives a conversation to oneself. */
export function useTake(): (conversation: Conversation) => void {
  const me = useMe();
  const assign = useAssign();
  return ({ id }) => assign.mutate({ id, assignee: { id: me.id, name: me.name } });
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

function PeopleMenu({ conversation, opened, onOpenedChange }: AssignMenuProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: people = [] } = usePeople();
  const assign = useAssign();
  const [search, setSearch] = useState("");
  const listId = useId();
  const combobox = useCombobox({ opened, onOpenedChange });
  useEffect(() => {
    if (!opened) setSearch("");
  }, [opened]);

  const pick = (value: string) => {
    onOpenedChange(false);
    combobox.focusTarget();
    const assignee = assigneeOf(value, me, people);
    if (assignee?.id === conversation.assignee?.id) return;
    assign.mutate({ id: conversation.id, assignee });
  };

  const name = conversation.assignee?.name ?? t("inbox.view.unassigned");
  const dropdown = {
    keepMounted: false,
    withinPortal: false,
    width: 260,
    position: "bottom-end",
  } as const;
  return (
    <Combobox {...dropdown} store={combobox} onOptionSubmit={pick}>
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <AssignButton
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
          people={people}
          search={search}
          onListed={() => combobox.selectFirstOption()}
        />
      </Combobox.Dropdown>
    </Combobox>
  );
}

function assigneeOf(value: string, me: Author, people: Person[]): Author | null {
  if (value === NOBODY) return null;
  if (value === ME) return { id: me.id, name: me.name };
  const person = people.find((one) => String(one.id) === value);
  return person ? { id: person.id, name: person.name } : null;
}
