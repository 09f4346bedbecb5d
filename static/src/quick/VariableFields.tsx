import { Autocomplete } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { pieces, type Values } from "./fill";
import classes from "./Quick.module.css";

interface FieldsProps {
  names: readonly string[];
  values: Values;
  offers: Record<string, string[]>;
  onChange(values: Values): void;
}

/** One field for each variable that is asked for, with what may be meant. */
export function VariableFields({ names, values, offers, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return names.map((name, index) => (
    <Autocomplete
      key={name}
      label={t(`quick.variable.${name.replaceAll(".", "_")}`, { defaultValue: name })}
      data={(offers[name] ?? []).filter((offer) => offer !== values[name])}
      value={values[name] ?? ""}
      onChange={(value) => onChange({ ...values, [name]: value })}
      maxLength={200}
      data-autofocus={index === 0 || undefined}
      comboboxProps={{ withinPortal: true }}
      dir="auto"
    />
  ));
}

interface TextProps {
  text: string;
  values: Values;
  known: readonly string[];
}

/** The text as it will be; what is missing is marked. */
export function FilledText({ text, values, known }: TextProps) {
  const { t } = useTranslation();
  return (
    <p className={classes.filled} dir="auto">
      {pieces(text, values, known).map(({ text: words, variable, missing }, index) =>
        variable ? (
          <mark
            // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other name, and their order is what they are
            key={index}
            className={classes.variable}
            data-missing={missing || undefined}
          >
            {words ||
              t(`quick.variable.${variable.replaceAll(".", "_")}`, { defaultValue: variable })}
          </mark>
        ) : (
          words
        ),
      )}
    </p>
  );
}
