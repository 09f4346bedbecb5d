import { Button, Select } from "@mantine/core";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "wouter";
import { useConversation } from "../api/queries";
import { FailedNotice } from "../components/states";
import { useMay, useMe } from "../session/MeContext";
import { SettingsPage } from "../settings/SettingsPage";
import { InConversation } from "./InConversation";
import { useRules } from "./queries";
import { RuleLine } from "./RuleLine";
import { RuleSheet } from "./RuleSheet";
import styles from "./Rules.module.css";
import "../mantineLater";
import "./words";

/** What happens by itself: for supervisors; seniors look. `?conversation=` asks what rules did there, `&rule=` why one
 * did or did not. */
export default function RulesPage() {
  const { t } = useTranslation();
  const { regions } = useMe();
  const [search] = useSearchParams();
  const talk = search.get("conversation");
  const { data: conversation, error } = useConversation(talk);
  const [picked, setPicked] = useState<number | null>(null);
  const chosen = picked ?? conversation?.region_id ?? regions[0]?.id ?? 0;
  return (
    <SettingsPage section="rules">
      <div className={styles.sheet}>
        <h1 className={styles.title}>{t("rules.title")}</h1>
        <p className={styles.hint}>{t("rules.hint")}</p>
        {regions.length > 1 && (
          <Select
            className={styles.region}
            label={t("rules.region")}
            allowDeselect={false}
            data={regions.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={String(chosen)}
            onChange={(value) => setPicked(Number(value))}
          />
        )}
        {talk && error && !conversation && <FailedNotice error={error} />}
        {conversation && (
          <InConversation
            key={conversation.id}
            id={conversation.id}
            region={conversation.region_id}
            asked={search.get("rule")}
          />
        )}
        <Rules key={chosen} region={chosen} />
      </div>
    </SettingsPage>
  );
}

const NEW = "new";

function Rules({ region }: { region: number }) {
  const { t } = useTranslation();
  const may = useMay("rule.manage");
  const { data, isError, error, refetch } = useRules(region);
  const [open, setOpen] = useState<string | null>(null);
  if (isError && !data) return <FailedNotice error={error} onRetry={() => refetch()} />;
  if (!data) return <p className={styles.hint}>{t("rules.loading")}</p>;
  const rule = data.find(({ id }) => id === open) ?? null;
  return (
    <>
      {may && (
        <Button leftSection={<Plus size={16} />} onClick={() => setOpen(NEW)}>
          {t("rules.new")}
        </Button>
      )}
      {data.length === 0 && <p className={styles.hint}>{t("rules.none")}</p>}
      <ol className={styles.list}>
        {data.map((one) => (
          <RuleLine key={one.id} rule={one} rules={data} onOpen={() => setOpen(one.id)} />
        ))}
      </ol>
      {(rule || open === NEW) && (
        <RuleSheet
          key={`${open} ${rule?.version}`}
          region={region}
          rule={rule}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
