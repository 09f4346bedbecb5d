import {
  ActionIcon,
  Button,
  MultiSelect,
  NumberInput,
  Select,
  Textarea,
  TextInput,
} from "@mantine/core";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Vocabulary } from "../api/types";
import { ConditionEditor } from "../conditions/ConditionEditor";
import { emptyGroup, groupFromWire, toWire } from "../conditions/tree";
import styles from "./Rules.module.css";
import type { Action, DeedKind, Draft, RuleVocabulary } from "./types";

interface FieldsProps {
  deeds: RuleVocabulary;
  asked: Vocabulary;
  draft: Draft;
  onChange(draft: Draft): void;
}

/** When, if, then: what a rule says. */
export function RuleFields({ deeds, asked, draft, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const event = deeds.events.find(({ key }) => key === draft.event);
  const timed = draft.after_hours !== null;
  const carried = (event?.carries ?? []).filter(
    (about) => !timed || about === "contact" || about === "conversation",
  );
  const facts = asked.facts.filter(({ about }) => carried.includes(about));
  const vocabulary = { ...asked, facts };
  return (
    <>
      <TextInput
        label={t("rules.name")}
        required
        maxLength={60}
        value={draft.name}
        onChange={(change) => onChange({ ...draft, name: change.currentTarget.value })}
      />
      <div className={styles.row}>
        <Select
          label={t("rules.when")}
          allowDeselect={false}
          data={deeds.events.map(({ key, label }) => ({ value: key, label }))}
          value={draft.event}
          onChange={(key) => onChange({ ...draft, event: key ?? draft.event })}
        />
        <NumberInput
          label={t("rules.after")}
          placeholder={t("rules.atOnce")}
          suffix={t("rules.hours")}
          min={1}
          max={17520}
          allowDecimal={false}
          value={draft.after_hours ?? ""}
          onChange={(hours) =>
            onChange({ ...draft, after_hours: Number(hours) >= 1 ? Number(hours) : null })
          }
        />
      </div>
      <If vocabulary={vocabulary} draft={draft} onChange={onChange} />
      <Actions
        kinds={deeds.actions}
        actions={draft.actions}
        onChange={(actions) => onChange({ ...draft, actions })}
      />
      <div className={styles.row}>
        <NumberInput
          label={t("rules.cooldown")}
          suffix={t("rules.hours")}
          min={0}
          max={17520}
          allowDecimal={false}
          value={draft.cooldown_hours}
          onChange={(hours) => onChange({ ...draft, cooldown_hours: Number(hours) || 0 })}
        />
        <label className={styles.check}>
          <input
            type="checkbox"
            checked={draft.stops}
            onChange={(change) => onChange({ ...draft, stops: change.currentTarget.checked })}
          />
          {t("rules.stops")}
        </label>
      </div>
    </>
  );
}

interface IfProps {
  vocabulary: Vocabulary;
  draft: Draft;
  onChange(draft: Draft): void;
}

function If({ vocabulary, draft, onChange }: IfProps) {
  const { t } = useTranslation();
  // Kept beside the draft: parts have names here, so that what is typed stays where it is typed.
  const [group, setGroup] = useState(draft.conditions && groupFromWire(draft.conditions));
  const ask = (next: typeof group) => {
    setGroup(next);
    onChange({ ...draft, conditions: next && toWire(next) });
  };
  return (
    <>
      <h3 className={styles.part}>{t("rules.if")}</h3>
      {group ? (
        <>
          <ConditionEditor vocabulary={vocabulary} value={group} onChange={ask} />
          <Button variant="subtle" color="gray" size="compact-sm" onClick={() => ask(null)}>
            {t("rules.withoutConditions")}
          </Button>
        </>
      ) : (
        <p className={styles.hint}>
          {t("rules.always")}{" "}
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Plus size={14} />}
            onClick={() => ask(emptyGroup())}
          >
            {t("conditions.add")}
          </Button>
        </p>
      )}
    </>
  );
}

interface ActionsProps {
  kinds: DeedKind[];
  actions: Action[];
  onChange(actions: Action[]): void;
}

function Actions({ kinds, actions, onChange }: ActionsProps) {
  const { t } = useTranslation();
  const change = (at: number, action: Action | null) =>
    onChange(actions.flatMap((one, index) => (index !== at ? [one] : action ? [action] : [])));
  return (
    <>
      <h3 className={styles.part}>{t("rules.then")}</h3>
      {actions.map((action, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: actions have no names, and are edited in place
        <div key={index} className={styles.action}>
          <Select
            className={styles.kind}
            aria-label={t("rules.action")}
            allowDeselect={false}
            data={kinds.map(({ key, label }) => ({ value: key, label }))}
            value={action.do}
            onChange={(key) => change(index, { do: key ?? action.do })}
          />
          {kinds
            .find(({ key }) => key === action.do)
            ?.fields.map((field) => (
              <ActionField
                key={field.name}
                field={field}
                value={action[field.name]}
                onChange={(value) => change(index, { ...action, [field.name]: value })}
              />
            ))}
          {actions.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("rules.removeAction")}
              onClick={() => change(index, null)}
            >
              <X size={16} />
            </ActionIcon>
          )}
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Plus size={14} />}
        onClick={() => onChange([...actions, { do: kinds[0]?.key ?? "set_priority" }])}
      >
        {t("rules.addAction")}
      </Button>
    </>
  );
}

interface ActionFieldProps {
  field: DeedKind["fields"][number];
  value: unknown;
  onChange(value: unknown): void;
}

function ActionField({ field, value, onChange }: ActionFieldProps) {
  const usual = { className: styles.field, "aria-label": field.label };
  if (field.shape === "text")
    return (
      <Textarea
        {...usual}
        autosize
        minRows={2}
        placeholder={field.label}
        maxLength={field.longest}
        value={String(value ?? "")}
        onChange={(change) => onChange(change.currentTarget.value)}
      />
    );
  if (field.shape === "choices")
    return (
      <MultiSelect
        {...usual}
        searchable
        placeholder={field.label}
        data={field.choices ?? []}
        value={(value as string[] | undefined) ?? []}
        onChange={onChange}
      />
    );
  return (
    <Select
      {...usual}
      searchable
      placeholder={field.label}
      data={field.choices ?? []}
      value={(value as string | undefined) ?? null}
      onChange={onChange}
    />
  );
}
