import { Button, Drawer, Tabs } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { useMay } from "../session/MeContext";
import { Sure } from "../settings/keys/KeyDialogs";
import { useDeleteRule, useReading, useRuleVocabulary, useSaveRule } from "./queries";
import { RuleFields } from "./RuleFields";
import styles from "./Rules.module.css";
import { Runs } from "./Runs";
import { Trial } from "./Trial";
import { type Draft, draftOf, type Rule } from "./types";
import { Versions } from "./Versions";

const FRESH: Draft = {
  name: "",
  event: "message.received",
  after_hours: null,
  conditions: null,
  actions: [{ do: "set_priority", priority: "high" }],
  cooldown_hours: 0,
  stops: false,
};

interface SheetProps {
  region: number;
  rule: Rule | null;
  onClose(): void;
}

/** A rule: what it says, what it would have done, what it did, what it said before. */
export function RuleSheet({ region, rule, onClose }: SheetProps) {
  const { t } = useTranslation();
  const [said] = useState<Draft>(rule ? draftOf(rule) : FRESH);
  const [draft, setDraft] = useState(said);
  const [leaving, setLeaving] = useState(false);
  const changed = JSON.stringify(draft) !== JSON.stringify(said);
  return (
    <Drawer
      opened
      onClose={() => (changed ? setLeaving(true) : onClose())}
      position="right"
      size="min(860px, 100%)"
      title={rule?.name ?? t("rules.new")}
      closeButtonProps={{ "aria-label": t("rules.close") }}
    >
      <Tabs defaultValue="says" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="says">{t("rules.says")}</Tabs.Tab>
          <Tabs.Tab value="trial">{t("rules.trial.name")}</Tabs.Tab>
          {rule && <Tabs.Tab value="runs">{t("rules.runs.name")}</Tabs.Tab>}
          {rule && <Tabs.Tab value="versions">{t("rules.versions.name")}</Tabs.Tab>}
        </Tabs.List>
        <Tabs.Panel value="says" className={styles.panel}>
          <Says region={region} rule={rule} draft={draft} onChange={setDraft} onClose={onClose} />
        </Tabs.Panel>
        <Tabs.Panel value="trial" className={styles.panel}>
          <Trial region={region} draft={draft} />
        </Tabs.Panel>
        {rule && (
          <Tabs.Panel value="runs" className={styles.panel}>
            <Runs of={{ rule: rule.id }} />
          </Tabs.Panel>
        )}
        {rule && (
          <Tabs.Panel value="versions" className={styles.panel}>
            <Versions id={rule.id} />
          </Tabs.Panel>
        )}
      </Tabs>
      {leaving && (
        <Sure
          title={t("rules.leaveTitle")}
          name={draft.name || t("rules.new")}
          hint={t("rules.leaveHint")}
          deed={t("rules.leave")}
          danger
          busy={false}
          onDo={onClose}
          onClose={() => setLeaving(false)}
        />
      )}
    </Drawer>
  );
}

interface SaysProps extends SheetProps {
  draft: Draft;
  onChange(draft: Draft): void;
}

function Says({ region, rule, draft, onChange, onClose }: SaysProps) {
  const { t } = useTranslation();
  const may = useMay("rule.manage");
  const { deeds, asked, error } = useRuleVocabulary(region);
  const save = useSaveRule(region, rule);
  const [deleting, setDeleting] = useState(false);
  if (error) return <FailedNotice error={error} />;
  if (!deeds || !asked) return <p className={styles.hint}>{t("rules.loading")}</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft, { onSuccess: onClose });
      }}
    >
      <fieldset className={styles.plain} disabled={!may}>
        <RuleFields deeds={deeds} asked={asked} draft={draft} onChange={onChange} />
      </fieldset>
      {may && <Reading region={region} draft={draft} />}
      {may && (
        <div className={styles.deeds}>
          <Button type="submit" loading={save.isPending}>
            {rule ? t("rules.save") : t("rules.make")}
          </Button>
          {rule && (
            <Button variant="subtle" color="red" onClick={() => setDeleting(true)}>
              {t("rules.delete")}
            </Button>
          )}
        </div>
      )}
      {rule && deleting && (
        <Delete rule={rule} onDone={onClose} onClose={() => setDeleting(false)} />
      )}
    </form>
  );
}

interface DeleteProps {
  rule: Rule;
  onDone(): void;
  onClose(): void;
}

function Delete({ rule, onDone, onClose }: DeleteProps) {
  const { t } = useTranslation();
  const remove = useDeleteRule();
  return (
    <Sure
      title={t("rules.deleteTitle")}
      name={rule.name}
      hint={t("rules.deleteHint")}
      deed={t("rules.delete")}
      danger
      busy={remove.isPending}
      onDo={() => remove.mutate(rule.id, { onSuccess: onDone })}
      onClose={onClose}
    />
  );
}

/** The rule in plain words in both languages, or what is wrong with it. */
function Reading({ region, draft }: { region: number; draft: Draft }) {
  const { t } = useTranslation();
  const { data, error } = useReading(region, draft.name ? draft : { ...draft, name: "—" });
  return (
    <section className={styles.words} aria-label={t("rules.inWords")} aria-live="polite">
      {error ? (
        <p className={styles.wrong}>{error.message}</p>
      ) : (
        data && (
          <>
            <p lang="zh-Hant">{data.zh}</p>
            <p lang="en">{data.en}</p>
          </>
        )
      )}
    </section>
  );
}
