import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { permissionName } from "./rightWords";

const DUTY = "duty:";

export interface SelectProps<T> {
  value: T;
  onChange(value: T): void;
  error: string | null;
}

/** What was chosen, as the server takes it. */
export function rightOf(chosen: string): { permission: string } | { duty: string } {
  return chosen.startsWith(DUTY) ? { duty: chosen.slice(DUTY.length) } : { permission: chosen };
}

interface RightSelectProps extends SelectProps<string | null> {
  label: string;
  permissions: readonly string[];
  duties: readonly string[];
}

/** A permission or a duty, out of those that may be given, or asked for. */
export function RightSelect({ label, permissions, duties, ...field }: RightSelectProps) {
  const { t } = useTranslation();
  return (
    <Select
      label={label}
      searchable
      nothingFoundMessage={t("access.give.noMatch")}
      data={[
        {
          group: t("access.give.permissions"),
          items: permissions.map((name) => ({ value: name, label: permissionName(name, t) })),
        },
        {
          group: t("access.give.duties"),
          items: duties.map((duty) => ({
            value: DUTY + duty,
            label: t(`access.duties.${duty}`),
          })),
        },
      ]}
      {...field}
      comboboxProps={{ withinPortal: true }}
      required
      data-autofocus
    />
  );
}
