import { Button, Menu, Modal, TextInput } from "@mantine/core";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api/client";
import type { Macro, MacroStep } from "../../api/types";
import { notifyDone } from "../../components/toasts";
import quick from "../../quick/Quick.module.css";
import { Deed } from "../Deed";
import { PlaceSelect } from "../replies/PlaceFields";
import styles from "../replies/Prepared.module.css";
import { moved, useSaveMacro } from "./changes";
import { StepFields } from "./StepFields";
import { isComplete, KINDS, newStep } from "./steps";

interface EditorProps {
  macro: Macro | null;
  onClose(): void;
}

function useEditor({ macro, onClose }: EditorProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(macro?.name ?? "");
  const [region_id, setRegion] = useState(macro?.region_id ?? null);
  const [steps, setSteps] = useState<MacroStep[]>(macro?.steps ?? []);
  const save = useSaveMacro();
  const refusal = save.error instanceof ApiError ? save.error : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const done = () => {
      notifyDone(t("settings.saved"));
      onClose();
    };
    save.mutate({ id: macro?.id ?? null, name, steps, region_id }, { onSuccess: done });
  };
  const complete = Boolean(name.trim()) && steps.length > 0 && steps.every(isComplete);
  const pending = save.isPending;
  return {
    name,
    setName,
    region_id,
    setRegion,
    steps,
    setSteps,
    submit,
    refusal,
    complete,
    pending,
  };
}

/** A name, whose it is, and the steps in their order. */
export function MacroEditor(props: EditorProps) {
  const { t } = useTranslation();
  const form = useEditor(props);
  const { steps, setSteps, refusal } = form;
  return (
    <Modal
      opened
      onClose={props.onClose}
      size="xl"
      title={t(props.macro ? "settings.macros.edit" : "settings.macros.add")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={quick.form} onSubmit={form.submit}>
        <div className={styles.two}>
          <TextInput
            label={t("settings.macros.called")}
            maxLength={60}
            value={form.name}
            error={refusal?.field === "name" ? refusal.message : null}
            onChange={(event) => form.setName(event.currentTarget.value)}
            data-autofocus
          />
          <PlaceSelect value={form.region_id} onChange={form.setRegion} />
        </div>
        {steps.map((step, index) => (
          <StepCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a step is what stands in its place
            key={index}
            step={step}
            number={index + 1}
            last={index === steps.length - 1}
            refusal={refusal?.field?.split(".")[1] === String(index) ? refusal.message : null}
            onChange={(next) => setSteps(steps.map((one, at) => (at === index ? next : one)))}
            onMove={(by) => setSteps(moved(steps, index, by))}
            onRemove={() => setSteps(steps.filter((_one, at) => at !== index))}
          />
        ))}
        <AddStep onAdd={(step) => setSteps([...steps, step])} />
        {refusal && !refusal.field?.startsWith("steps.") && refusal.field !== "name" && (
          <p className={quick.refusal} role="alert">
            {[refusal.message, refusal.remedy].filter(Boolean).join(" ")}
          </p>
        )}
        <div className={quick.deeds}>
          <Button variant="default" onClick={props.onClose}>
            {t("action.cancel")}
          </Button>
          <Button type="submit" loading={form.pending} disabled={!form.complete}>
            {t("settings.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function AddStep({ onAdd }: { onAdd(step: MacroStep): void }) {
  const { t } = useTranslation();
  return (
    <Menu position="bottom-start" shadow="md" width={240}>
      <Menu.Target>
        <Button variant="default" leftSection={<Plus size={15} />}>
          {t("settings.macros.addStep")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {KINDS.map((kind) => (
          <Menu.Item key={kind} onClick={() => onAdd(newStep(kind))}>
            {t(`quick.step.${kind}.name`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface CardProps {
  step: MacroStep;
  number: number;
  last: boolean;
  refusal: string | null;
  onChange(step: MacroStep): void;
  onMove(by: 1 | -1): void;
  onRemove(): void;
}

function StepCard({ step, number, last, refusal, onChange, onMove, onRemove }: CardProps) {
  const { t } = useTranslation();
  const name = `${number}. ${t(`quick.step.${step.kind}.name`)}`;
  return (
    <section className={styles.step} aria-label={name}>
      <span className={styles.stepNumber} aria-hidden="true">
        {number}
      </span>
      <div className={styles.stepBody}>
        <h3 className={styles.stepName}>{t(`quick.step.${step.kind}.name`)}</h3>
        <StepFields step={step} onChange={onChange} />
        {refusal && (
          <p className={quick.refusal} role="alert">
            {refusal}
          </p>
        )}
      </div>
      <span className={styles.rowDeeds}>
        <Deed label={t("settings.up", { name })} off={number === 1} onClick={() => onMove(-1)}>
          <ArrowUp size={16} />
        </Deed>
        <Deed label={t("settings.down", { name })} off={last} onClick={() => onMove(1)}>
          <ArrowDown size={16} />
        </Deed>
        <Deed label={t("settings.remove", { name })} onClick={onRemove}>
          <Trash2 size={16} />
        </Deed>
      </span>
    </section>
  );
}
