import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useChannels, usePeople } from "../../api/queries";
import type { Asked } from "../../api/types";
import { useTags } from "../../card/queries";
import { Tick } from "../../components/Tick";
import { useMe } from "../../session/MeContext";
import { PRIORITIES } from "../standing/priorities";
import styles from "../standing/Standing.module.css";

export type Filters = Partial<Asked>;

interface FilterFieldsProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
}

const STATES = ["all", "at_risk", "snoozed", "resolved", "any"] as const;
const LANGUAGES = ["zh-hant", "en"] as const;

/** Every condition a list can have; an empty one does not narrow. */
export function FilterFields({ filters, onChange }: FilterFieldsProps) {
  const { t } = useTranslation();
  const me = useMe();
  const { data: channels = [] } = useChannels();
  const { data: people = [] } = usePeople();
  const tags = useTagChoices();
  const set = (field: keyof Filters, value: string | null) => {
    const { [field]: _, ...others } = filters;
    onChange(value ? { ...others, [field]: value } : others);
  };
  const field = (name: keyof Filters) => ({
    label: t(`together.filter.${name}`),
    placeholder: t("together.filter.any"),
    clearable: true,
    value: filters[name] ?? null,
    onChange: (value: string | null) => set(name, value),
  });
  const chosen = filters.priority?.split(",") ?? [];
  const yesNo = (name: "payment" | "waiting") => [
    { value: "true", label: t(`together.filter.${name}Yes`) },
    { value: "false", label: t(`together.filter.${name}No`) },
  ];
  return (
    <>
      <Select
        {...field("view")}
        clearable={false}
        allowDeselect={false}
        data={STATES.map((value) => ({ value, label: t(`together.filter.state.${value}`) }))}
      />
      <Select
        {...field("assignee")}
        searchable
        data={[
          { value: "me", label: t("together.filter.me") },
          { value: "nobody", label: t("inbox.view.unassigned") },
          ...people
            .filter(({ id }) => id !== me.id)
            .map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      <fieldset className={styles.choices}>
        <legend>{t("together.priority")}</legend>
        {PRIORITIES.map((priority) => (
          <Tick
            key={priority}
            checked={chosen.includes(priority)}
            onChange={(on) =>
              set(
                "priority",
                PRIORITIES.filter((one) => (one === priority ? on : chosen.includes(one))).join(),
              )
            }
          >
            {t(`inbox.priority.${priority}`)}
          </Tick>
        ))}
      </fieldset>
      <Select
        {...field("channel")}
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {me.regions.length > 1 && (
        <Select
          {...field("region")}
          data={me.regions.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      <Select {...field("tag")} searchable data={tags} />
      <Select {...field("waiting")} data={yesNo("waiting")} />
      <Select {...field("payment")} data={yesNo("payment")} />
      <Select
        {...field("language")}
        data={LANGUAGES.map((value) => ({ value, label: t(`together.filter.languages.${value}`) }))}
      />
    </>
  );
}

function useTagChoices() {
  const { data = [] } = useTags();
  return data.map(({ id, name }) => ({ value: id, label: name }));
}
