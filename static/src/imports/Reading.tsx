import { Checkbox, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./Imports.module.css";
import type { Draft, SetUp } from "./queries";

const ENCODINGS = [
  "utf-8",
  "big5",
  "gb18030",
  "utf-16",
  "utf-16-le",
  "utf-16-be",
  "windows-1252",
  "latin-1",
];
const DELIMITERS = [",", ";", "\t", "|"];

/** How the file is read: found out by itself, and changed where that was wrong. */
export function Reading({ draft, onChange }: { draft: Draft; onChange(change: SetUp): void }) {
  const { t } = useTranslation();
  return (
    <div className={styles.fields}>
      {draft.kind === "csv" ? (
        <>
          <Select
            label={t("imports.encoding")}
            data={ENCODINGS.map((value) => ({ value, label: t(`imports.encodings.${value}`) }))}
            value={draft.encoding}
            allowDeselect={false}
            onChange={(encoding) => encoding && onChange({ reading: { encoding } })}
          />
          <Select
            label={t("imports.delimiter")}
            data={DELIMITERS.map((value) => ({
              value,
              label: t(`imports.delimiters.${DELIMITERS.indexOf(value)}`),
            }))}
            value={draft.delimiter}
            allowDeselect={false}
            onChange={(delimiter) => delimiter && onChange({ reading: { delimiter } })}
          />
        </>
      ) : (
        <Select
          label={t("imports.sheet")}
          data={draft.sheets}
          value={draft.sheet}
          allowDeselect={false}
          onChange={(sheet) => sheet && onChange({ reading: { sheet } })}
        />
      )}
      <Checkbox
        label={t("imports.heading")}
        checked={draft.heading}
        onChange={(event) => onChange({ heading: event.currentTarget.checked })}
      />
    </div>
  );
}
