import { Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../api/queries";
import type { MacroStep } from "../../api/types";
import {
  componentsOf,
  filledOf,
  headerFile,
  partOf,
  shownOf,
  slotsOf,
} from "../../composer/template/template";
import { useTemplates } from "../../composer/template/useTemplates";
import styles from "../replies/Prepared.module.css";
import { VARIABLES } from "../replies/VariableButtons";
import "../../thread/words";

interface FieldsProps {
  step: MacroStep;
  onChange(step: MacroStep): void;
}

/** An approved template of one number, and what stands in its places: words, or our own variables. */
export function TemplateFields({ step, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const channels = useChannels().data ?? [];
  const [channelId, setChannel] = useState<string | null>(channels[0]?.id ?? null);
  const chosen = channelId ?? channels[0]?.id ?? null;
  return (
    <div className={styles.two}>
      <Select
        label={t("settings.replies.channel")}
        allowDeselect={false}
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChannel}
      />
      {chosen && <Templates channelId={chosen} step={step} onChange={onChange} />}
    </div>
  );
}

function Templates({ channelId, step, onChange }: FieldsProps & { channelId: string }) {
  const { t } = useTranslation();
  const query = useTemplates(channelId);
  // Those that begin with a file need one of the conversation, which a macro does not have.
  const templates = (query.data ?? []).filter((template) => !headerFile(template));
  const keyOf = (one: { name?: unknown; language?: unknown }) => `${one.name} ${one.language}`;
  const template = templates.find((one) => keyOf(one) === keyOf(step.template ?? {}));
  const kept = step.template?.components;
  // As typed: what is kept has no blanks at its ends, and one cannot type two words without.
  const [typed, setTyped] = useState<Record<string, string> | null>(null);
  const values = typed ?? (template && Array.isArray(kept) ? filledOf(template, kept) : {});
  const set = (next: typeof template, filled: Record<string, string>) => {
    if (!next) return;
    setTyped(filled);
    const components = componentsOf(next, filled);
    onChange({ ...step, template: { ...shownOf(next, filled), components } });
  };
  return (
    <>
      <Select
        label={t("compose.kind.template")}
        placeholder={t(query.isPending ? "quick.loading" : "settings.macros.chooseTemplate")}
        searchable
        allowDeselect={false}
        data={templates.map((one) => ({ value: keyOf(one), label: keyOf(one) }))}
        value={template ? keyOf(template) : null}
        error={query.isError ? query.error.message : null}
        onChange={(value) =>
          set(
            templates.find((one) => keyOf(one) === value),
            {},
          )
        }
      />
      {template && <p className={styles.template}>{partOf(template, "BODY")?.text}</p>}
      {template &&
        slotsOf(template).map(({ key, name, where }) => (
          <TextInput
            key={key}
            label={t(`compose.template.slot.${where}`, { part: name })}
            placeholder={`{${VARIABLES[0]}}`}
            value={values[key] ?? ""}
            onChange={(event) => set(template, { ...values, [key]: event.currentTarget.value })}
          />
        ))}
    </>
  );
}
