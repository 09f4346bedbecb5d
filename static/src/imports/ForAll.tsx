import { Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Imports.module.css";
import type { Draft, SetUp } from "./queries";

const COUNTRIES = [
  "TW",
  "HK",
  "MO",
  "CN",
  "JP",
  "KR",
  "SG",
  "MY",
  "TH",
  "VN",
  "PH",
  "ID",
  "IN",
  "AU",
  "NZ",
  "US",
  "CA",
  "GB",
  "DE",
  "FR",
  "BR",
  "MX",
];

interface Props {
  draft: Draft;
  onChange(change: SetUp): void;
}

/** What holds for all lines of the file. */
export function ForAll({ draft, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { settings } = draft;
  const homeless = draft.preview.some(({ problems }) =>
    problems?.some(({ code }) => code === "number_without_country"),
  );
  const names = new Intl.DisplayNames([i18n.language], { type: "region" });
  const set = (changed: Partial<Draft["settings"]>) => onChange({ settings: changed });
  return (
    <section aria-label={t("imports.forAll")}>
      <h3 className={styles.title}>{t("imports.forAll")}</h3>
      <div className={styles.fields}>
        <Select
          label={t("imports.country")}
          placeholder={t("imports.noCountry")}
          error={homeless && t("imports.countryNeeded")}
          data={COUNTRIES.map((value) => ({ value, label: names.of(value) ?? value }))}
          value={settings.country || null}
          clearable
          searchable
          onChange={(country) => set({ country: country ?? "" })}
        />
        <Select
          label={t("imports.dateOrder")}
          data={["dmy", "mdy"].map((value) => ({ value, label: t(`imports.dateOrders.${value}`) }))}
          value={settings.date_order}
          allowDeselect={false}
          onChange={(date_order) => date_order && set({ date_order })}
        />
        {draft.job.subject === "orders" && (
          <Typed
            label={t("imports.currency")}
            value={settings.currency ?? ""}
            onDone={(value) => set({ currency: value.toUpperCase() })}
          />
        )}
        <Checkbox
          label={t("imports.overwrite")}
          checked={settings.overwrite}
          onChange={(event) => set({ overwrite: event.currentTarget.checked })}
        />
      </div>
      {draft.job.subject === "contacts" && <ForContacts draft={draft} onSet={set} />}
    </section>
  );
}

function ForContacts({
  draft,
  onSet,
}: {
  draft: Draft;
  onSet(changed: Partial<Draft["settings"]>): void;
}) {
  const { t } = useTranslation();
  const { settings } = draft;
  return (
    <div className={styles.fields}>
      <TagsInput
        label={t("imports.tagsForAll")}
        value={settings.tags}
        maxTags={20}
        onChange={(tags) => onSet({ tags })}
      />
      <Checkbox
        label={t("imports.allAgreed")}
        checked={settings.all_agreed}
        onChange={(event) => onSet({ all_agreed: event.currentTarget.checked })}
      />
      <Typed
        label={t("imports.proof")}
        value={settings.proof ?? ""}
        onDone={(proof) => onSet({ proof })}
      />
    </div>
  );
}

/** A text that is sent when somebody is done with it. */
function Typed({
  label,
  value,
  onDone,
}: {
  label: string;
  value: string;
  onDone(value: string): void;
}) {
  const [typed, setTyped] = useState(value);
  const done = () => {
    if (typed !== value) onDone(typed);
  };
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={done}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !event.nativeEvent.isComposing) done();
      }}
    />
  );
}
