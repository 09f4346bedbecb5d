import { Button, Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CannedReply, PreparedFor } from "../api/types";
import { variablesIn } from "./fill";
import classes from "./Quick.module.css";
import { FilledText, VariableFields } from "./VariableFields";
import "./words";

interface DialogProps {
  reply: CannedReply;
  prepared: PreparedFor;
  onInsert(values: Record<string, string>): void;
  onClose(): void;
}

/** Asks for what Kefu does not know before a canned reply is put in. */
export default function VariableDialog({ reply, prepared, onInsert, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { values: known, offers, variables } = prepared;
  const names = variablesIn(reply.text, variables).filter((name) => !known[name]);
  const [given, setGiven] = useState<Record<string, string>>(() =>
    Object.fromEntries(
      names.flatMap((name) => (offers[name]?.[0] ? [[name, offers[name][0]]] : [])),
    ),
  );
  const complete = names.every((name) => given[name]?.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) onInsert({ ...known, ...given });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("quick.ask.title", { title: reply.title })}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={classes.form} onSubmit={submit}>
        <VariableFields names={names} values={given} offers={offers} onChange={setGiven} />
        <FilledText text={reply.text} values={{ ...known, ...given }} known={variables} />
        <div className={classes.deeds}>
          <Button variant="default" onClick={onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" disabled={!complete}>
            {t("quick.ask.insert")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
