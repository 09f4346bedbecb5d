import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useTryRisk } from "./queries";
import styles from "./Settings.module.css";

/** What the saved lists find in a text. */
export function TryOut({ regionId }: { regionId: number }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const attempt = useTryRisk(regionId);
  const found = attempt.data?.results;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate(text);
  };
  return (
    <form onSubmit={submit} className={styles.try}>
      <Textarea
        label={t("riskSettings.tryText")}
        autosize
        minRows={2}
        maxLength={4096}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={attempt.isPending}
        disabled={!text.trim()}
        className={styles.add}
      >
        {t("riskSettings.tryIt")}
      </Button>
      <div role="status">
        {found?.length === 0 && <p className={styles.hint}>{t("riskSettings.nothing")}</p>}
        {found && found.length > 0 && (
          <ul className={styles.alarms}>
            {found.map(({ kind, word, times }) => (
              <li key={`${kind} ${word}`}>
                {t("riskSettings.found", {
                  kind: t(`riskSettings.kind.${kind}`),
                  word,
                  count: times,
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}
