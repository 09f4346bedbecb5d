import { Button } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, CROSSED } from "../api/client";
import type { Conversation, Macro, MacroLook, MacroRun } from "../api/types";
import { FailedNotice } from "../components/states";
import { notifyDone, notifyUndo, saidByToast } from "../components/toasts";
import classes from "./Quick.module.css";
import { useMacroLook, usePrepared, useRunMacro, useUndoRun } from "./queries";
import { stepWords, textOf } from "./stepWords";
import { useStepNames } from "./useStepNames";
import { FilledText, VariableFields } from "./VariableFields";

interface ViewProps {
  conversation: Conversation;
  macro: Macro;
  onBack(): void;
  onDone(): void;
}

/** Says beforehand what the macro will do, and asks for what is missing. */
export function MacroLookView(props: ViewProps) {
  const { t } = useTranslation();
  const query = useMacroLook(props.conversation.id, props.macro.id);
  if (query.isError) return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  if (!query.data) return <p className={classes.muted}>{t("quick.loading")}</p>;
  return <Looked {...props} look={query.data} />;
}

function saidInForm(): void {}

const LONGEST_TOAST_MS = 20_000;

function useRun({ conversation, macro, onDone }: ViewProps) {
  const { t } = useTranslation();
  // Pressed twice, or again after the line was lost, it is one run.
  const ref = useRef(crypto.randomUUID());
  const run = useRunMacro(conversation.id);
  const seen = useRef(conversation.answer_count);
  const crossed = run.error instanceof ApiError && run.error.code === CROSSED;
  const undo = useUndoRun();
  const tell = ({ id, undo_until }: MacroRun) => {
    const words = t("quick.macro.done", { name: macro.name });
    const left = undo_until ? Date.parse(undo_until) - Date.now() : 0;
    const back = () =>
      undo.mutateAsync(id).then(() => notifyDone(t("quick.macro.undone")), saidByToast);
    if (left > 0) notifyUndo(words, back, Math.min(left, LONGEST_TOAST_MS));
    else notifyDone(words);
  };
  const start = (values: Record<string, string>) =>
    run
      .mutateAsync({
        macroId: macro.id,
        ref: ref.current,
        values,
        // Asked about once, they know of what was answered until now.
        answers: crossed ? conversation.answer_count : seen.current,
      })
      .then((done) => {
        tell(done);
        onDone();
      }, saidInForm);
  return { start, crossed, busy: run.isPending, error: run.error };
}

function Looked(props: ViewProps & { look: MacroLook }) {
  const { t } = useTranslation();
  const { conversation, macro, look, onBack } = props;
  const offers = usePrepared(conversation, true).data?.offers ?? {};
  const missing = look.variables.filter((name) => !look.values[name]);
  const [given, setGiven] = useState<Record<string, string>>({});
  const values = {
    ...look.values,
    ...Object.fromEntries(missing.map((name) => [name, given[name] ?? offers[name]?.[0] ?? ""])),
  };
  const { start, crossed, busy, error } = useRun(props);
  const refusal = error instanceof ApiError ? error : look.refusal;
  const complete = missing.every((name) => values[name]?.trim());
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (complete) start(values);
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <p className={classes.muted}>{t("quick.macro.will", { name: conversation.contact.name })}</p>
      <Steps macro={macro} look={look} values={values} refused={refusal?.field ?? null} />
      <VariableFields names={missing} values={values} offers={offers} onChange={setGiven} />
      {refusal && (
        <p className={classes.refusal} role="alert">
          {[refusal.message, refusal.remedy].filter(Boolean).join(" ")}
        </p>
      )}
      <div className={classes.deeds}>
        <Button variant="default" onClick={onBack}>
          {t("quick.macro.back")}
        </Button>
        <Button
          type="submit"
          loading={busy}
          disabled={!complete || Boolean(look.refusal)}
          data-autofocus={missing.length === 0 || undefined}
        >
          {t(crossed ? "quick.macro.anyway" : "quick.macro.run")}
        </Button>
      </div>
    </form>
  );
}

interface StepsProps {
  macro: Macro;
  look: MacroLook;
  values: Record<string, string>;
  /** The field of a refusal: "steps.2" and what is in it. */
  refused: string | null;
}

function Steps({ macro, look, values, refused }: StepsProps) {
  const { t } = useTranslation();
  const names = useStepNames();
  return (
    <ol className={classes.steps}>
      {macro.steps.map((step, index) => {
        const text = textOf(step, names);
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is what stands in its place
            key={index}
            data-refused={refused?.split(".")[1] === String(index) || undefined}
          >
            {stepWords(step, names, t)}
            {text && <FilledText text={text} values={values} known={look.variables} />}
          </li>
        );
      })}
    </ol>
  );
}
