import { Button, NativeSelect } from "@mantine/core";
import { FolderPlus, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Vocabulary } from "../api/types";
import { ConditionRow } from "./ConditionRow";
import styles from "./Conditions.module.css";
import {
  type DraftGroup,
  type DraftNode,
  emptyCondition,
  emptyGroup,
  type How,
  isGroup,
  replaced,
} from "./tree";
import "../mantineLater";
import "./words";

const DEEPEST = 4;

interface EditorProps {
  vocabulary: Vocabulary;
  value: DraftGroup;
  onChange(value: DraftGroup): void;
}

/** Conditions in nested groups: what rules and segments ask. */
export function ConditionEditor({ vocabulary, value, onChange }: EditorProps) {
  const change = (id: string, by: DraftNode | null) =>
    onChange(id === value.id && by && isGroup(by) ? by : replaced(value, id, by));
  return <Group vocabulary={vocabulary} group={value} depth={1} onChange={change} />;
}

interface GroupProps {
  vocabulary: Vocabulary;
  group: DraftGroup;
  depth: number;
  onChange(id: string, by: DraftNode | null): void;
}

function Group({ vocabulary, group, depth, onChange }: GroupProps) {
  const { t } = useTranslation();
  const put = (parts: DraftNode[]) => onChange(group.id, { ...group, parts });
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <NativeSelect
          size="xs"
          aria-label={t("conditions.how")}
          value={group.how}
          onChange={({ currentTarget }) =>
            onChange(group.id, { ...group, how: currentTarget.value as How })
          }
          data={(["all", "any", "none"] as const).map((value) => ({
            value,
            label: t(`conditions.${value}`),
          }))}
        />
        {depth > 1 && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            leftSection={<Trash2 size={13} />}
            onClick={() => onChange(group.id, null)}
          >
            {t("conditions.removeGroup")}
          </Button>
        )}
      </legend>
      <ul className={styles.parts}>
        {group.parts.map((part) => (
          <li key={part.id}>
            {isGroup(part) ? (
              <Group vocabulary={vocabulary} group={part} depth={depth + 1} onChange={onChange} />
            ) : (
              <ConditionRow
                vocabulary={vocabulary}
                node={part}
                only={depth === 1 && group.parts.length === 1}
                onChange={(by) => onChange(part.id, by)}
              />
            )}
          </li>
        ))}
      </ul>
      <div className={styles.adds}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Plus size={14} />}
          onClick={() => put([...group.parts, emptyCondition()])}
        >
          {t("conditions.add")}
        </Button>
        {depth < DEEPEST && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<FolderPlus size={14} />}
            onClick={() => put([...group.parts, emptyGroup("any")])}
          >
            {t("conditions.addGroup")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
