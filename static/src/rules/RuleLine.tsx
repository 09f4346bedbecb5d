import { ActionIcon, Badge, Switch } from "@mantine/core";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShortTime } from "../components/useShortTime";
import { useMay } from "../session/MeContext";
import { useOrderRules, useSwitchRule } from "./queries";
import styles from "./Rules.module.css";
import type { Rule } from "./types";

interface LineProps {
  rule: Rule;
  rules: Rule[];
  onOpen(): void;
}

/** One rule in the list: whether it is on, what it says, how often it fired lately. */
export function RuleLine({ rule, rules, onOpen }: LineProps) {
  const { t } = useTranslation();
  const may = useMay("rule.manage");
  const turn = useSwitchRule();
  const on = rule.is_on && !rule.paused_at;
  return (
    <li className={styles.line} data-off={!on || undefined}>
      <Switch
        aria-label={t("rules.on", { name: rule.name })}
        checked={on}
        disabled={!may || turn.isPending}
        onChange={() => turn.mutate({ id: rule.id, to: on ? "off" : "on" })}
      />
      <button type="button" className={styles.open} onClick={onOpen}>
        <strong>{rule.name}</strong>
        <span className={styles.reading}>{rule.reading}</span>
        <Figures rule={rule} />
      </button>
      {may && <Moves rule={rule} rules={rules} />}
    </li>
  );
}

function Figures({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const { fired, failed, last_fired_at, last_error } = rule.figures;
  return (
    <span className={styles.figures}>
      {rule.paused_at && <Badge color="red">{t("rules.paused")}</Badge>}
      <span>{t("rules.fired", { n: fired })}</span>
      {last_fired_at && <span>{t("rules.last", { time: time(last_fired_at) })}</span>}
      {failed > 0 && (
        <Badge color="orange">
          {t("rules.failed", { n: failed, why: t(`rules.codes.${last_error}`, last_error ?? "") })}
        </Badge>
      )}
    </span>
  );
}

function Moves({ rule, rules }: Omit<LineProps, "onOpen">) {
  const { t } = useTranslation();
  const order = useOrderRules(rule.region_id);
  const at = rules.findIndex(({ id }) => id === rule.id);
  const move = (to: number) => {
    const ids = rules.map(({ id }) => id).filter((id) => id !== rule.id);
    ids.splice(to, 0, rule.id);
    order.mutate(ids);
  };
  return (
    <span className={styles.moves}>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={at === 0}
        aria-label={t("rules.earlier", { name: rule.name })}
        onClick={() => move(at - 1)}
      >
        <ArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        disabled={at === rules.length - 1}
        aria-label={t("rules.later", { name: rule.name })}
        onClick={() => move(at + 1)}
      >
        <ArrowDown size={16} />
      </ActionIcon>
    </span>
  );
}
