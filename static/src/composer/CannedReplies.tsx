import { Combobox } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CannedReply } from "../api/types";
import { filled, type Values } from "../quick/fill";
import { whyOf } from "../quick/Suggestions";
import classes from "./CannedReplies.module.css";

interface CannedRepliesProps {
  replies: readonly CannedReply[];
  loading: boolean;
  failed: boolean;
  /** What fills in their variables here. */
  values: Values;
}

const shown = 50;

/** The list over the composer while a "/word" is typed. */
export function CannedReplies({ replies, loading, failed, values }: CannedRepliesProps) {
  const { t, i18n } = useTranslation();
  const words = failed
    ? "composer.canned.failed"
    : loading
      ? "composer.canned.loading"
      : "composer.canned.none";
  return (
    <Combobox.Dropdown className={classes.dropdown}>
      <Combobox.Options className={classes.options} aria-label={t("composer.canned.list")}>
        {replies.length === 0 && <Combobox.Empty>{t(words)}</Combobox.Empty>}
        {replies.slice(0, shown).map((reply) => (
          <Combobox.Option key={reply.id} value={reply.id} className={classes.option}>
            <span className={classes.head}>
              <span className={classes.shortcut}>/{reply.shortcut.replace(/^\//, "")}</span>
              <bdi className={classes.title}>{reply.title}</bdi>
              {reply.mine && <span className={classes.mine}>{t("composer.canned.mine")}</span>}
              {reply.language && <span className={classes.mine}>{reply.language}</span>}
              <span className={classes.why}>{whyOf(reply, t, i18n.language)}</span>
            </span>
            <bdi className={classes.text}>{filled(reply.text, values)}</bdi>
          </Combobox.Option>
        ))}
      </Combobox.Options>
      <Combobox.Footer className={classes.footer}>{t("composer.canned.keys")}</Combobox.Footer>
    </Combobox.Dropdown>
  );
}
