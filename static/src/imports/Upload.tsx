import { Button, FileInput, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../api/client";
import { useMe } from "../session/MeContext";
import styles from "./Imports.module.css";
import { useUpload } from "./queries";

/** Choosing a file, and what is in it. */
export function Upload({ onBrought }: { onBrought(id: string): void }) {
  const { t } = useTranslation();
  const { regions } = useMe();
  const [file, setFile] = useState<File | null>(null);
  const [subject, setSubject] = useState("contacts");
  const [region, setRegion] = useState(String(regions[0]?.id ?? ""));
  const upload = useUpload();
  const bring = () => {
    if (!file) return;
    upload.mutate(
      { file, subject, region: Number(region) },
      { onSuccess: ({ job }) => onBrought(job.id) },
    );
  };
  const refusal = upload.error;
  return (
    <section className={styles.card} aria-label={t("imports.new")}>
      <p className={styles.hint}>{t("imports.hint")}</p>
      <div className={styles.fields}>
        <Select
          label={t("imports.subject")}
          data={["contacts", "orders"].map((value) => ({ value, label: t(`imports.of.${value}`) }))}
          value={subject}
          allowDeselect={false}
          onChange={(value) => setSubject(value ?? "contacts")}
        />
        {regions.length > 1 && (
          <Select
            label={t("imports.region")}
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={region}
            allowDeselect={false}
            onChange={(value) => setRegion(value ?? region)}
          />
        )}
        <FileInput
          label={t("imports.file")}
          placeholder={t("imports.choose")}
          accept=".csv,.tsv,.txt,.xlsx,text/csv"
          value={file}
          onChange={setFile}
          clearable
        />
        <Button disabled={!file} loading={upload.isPending} onClick={bring}>
          {t("imports.bring")}
        </Button>
      </div>
      {refusal && (
        <p className={styles.refusal} role="alert">
          {[refusal.message, refusal instanceof ApiError && refusal.remedy]
            .filter(Boolean)
            .join(" ")}
        </p>
      )}
    </section>
  );
}
