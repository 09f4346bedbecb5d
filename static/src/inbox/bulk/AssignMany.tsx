import { Menu, TextInput } from "@mantine/core";
import { UserRound, UserRoundX } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAssigneesOfMany } from "../../api/queries";
import type { Conversation } from "../../api/types";
import { Avatar } from "../../components/Avatar";
import { useMay, useMe } from "../../session/MeContext";
import { matching } from "../AssignOptions";
import styles from "./Bulk.module.css";

const MOST_SHOWN = 8;

interface AssignManyProps {
  chosen: Conversation[];
  onPick: (assignee: number | null) => void;
}

/** To oneself, to nobody, or to somebody who may answer all of the chosen ones. */
export function AssignMany({ chosen, onPick }: AssignManyProps) {
  const { t } = useTranslation();
  const me = useMe();
  const handsOn = useMay("conversation.assign");
  const query = useAssigneesOfMany(chosen);
  const [search, setSearch] = useState("");
  const found = matching(query.data ?? { people: [], teams: [] }, search);
  const fitting = found.people.filter(({ id }) => id !== me.id);
  return (
    <>
      <TextInput
        className={styles.search}
        size="sm"
        data-autofocus
        value={search}
        placeholder={t("inbox.assignSearch")}
        aria-label={t("inbox.assignSearch")}
        // Letters would jump among the items.
        onKeyDown={(event) => event.key.length === 1 && event.stopPropagation()}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {!search && (
        <>
          <Menu.Item leftSection={<UserRound size={16} />} onClick={() => onPick(me.id)}>
            {t("inbox.assignToMe")}
          </Menu.Item>
          <Menu.Item leftSection={<UserRoundX size={16} />} onClick={() => onPick(null)}>
            {t("inbox.unassign")}
          </Menu.Item>
        </>
      )}
      {(handsOn || search) &&
        fitting.slice(0, MOST_SHOWN).map(({ id, name }) => (
          <Menu.Item
            key={id}
            leftSection={<Avatar name={name} size={22} />}
            onClick={() => onPick(id)}
          >
            {name}
          </Menu.Item>
        ))}
      {query.isPending && <p className={styles.nobody}>{t("together.bulk.assignLoading")}</p>}
      {query.isError && <p className={styles.nobody}>{t("inbox.assignFailed")}</p>}
      {search && query.data && fitting.length === 0 && (
        <p className={styles.nobody}>{t("inbox.assignNobody")}</p>
      )}
    </>
  );
}
