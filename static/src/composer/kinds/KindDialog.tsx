import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { MessageContent } from "../../api/types";
import { Content } from "../../thread/content/Content";
import { asMessage, newWaiting } from "../../thread/waiting";
import type { Attachment } from "../attachments";
import { mediaOf } from "../buildDrafts";
import type { Attachments } from "../useAttachments";
import { coordinatesIn } from "./coordinates";
import { FlowChoice } from "./FlowChoice";
import { FormFields } from "./FormFields";
import { cleaned, emptyValues, findProblems, type Values } from "./fields";
import { HeaderFile } from "./HeaderFile";
import classes from "./KindDialog.module.css";
import { type Kind, type KindName, kindNamed } from "./kinds";
import type { Composed } from "./useCompose";

const headerKinds = ["image", "video", "document"] as const;

export interface KindDialogProps {
  name: KindName;
  channelId: string;
  /** A file in the tray that can stand above the text. */
  picture: Extract<Attachment, { state: "ready" }> | null;
  attachments: Attachments;
  onSend(composed: Composed): void;
  onClose(): void;
}

function composedOf(kind: Kind, values: Values, picture: KindDialogProps["picture"]): Composed {
  const given = cleaned(kind.fields, values);
  const headed = kind.pictured && picture && !given.header ? picture : null;
  const media = headed ? { media: mediaOf(headed.upload, headed.preview) } : {};
  if (kind.type !== "interactive") {
    const body = { type: kind.type, ...given } as Composed["body"];
    return { body, content: given as MessageContent, attachment: null };
  }
  const interactive = { type: kind.name, ...given };
  return {
    body: {
      type: "interactive",
      interactive,
      ...(headed ? { upload: headed.upload.id } : {}),
    } as Composed["body"],
    content: { ...interactive, ...media } as MessageContent,
    attachment: headed,
  };
}

function useKindForm({ name, picture, onSend }: KindDialogProps) {
  const kind = kindNamed(name);
  const [values, setValues] = useState(() => emptyValues(kind.fields));
  const [tried, setTried] = useState(false);
  const problems = findProblems(kind.fields, values);
  const composed = composedOf(kind, values, picture);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(problems).length === 0) onSend(composed);
  };
  return { kind, values, setValues, problems: tried ? problems : {}, composed, submit };
}

/** A message put together in a form, with what the customer will see beside it. */
export default function KindDialog(props: KindDialogProps) {
  const { t } = useTranslation();
  const form = useKindForm(props);
  const { kind, values, setValues } = form;
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t(`compose.kind.${kind.name}`)}
      size="xl"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      <form className={classes.columns} onSubmit={form.submit} noValidate>
        <div className={classes.form}>
          <p className={classes.hint}>{t(`compose.hint.${kind.name}`)}</p>
          {kind.name === "location" && <MapLink values={values} onChange={setValues} />}
          {kind.name === "flow" && (
            <FlowChoice channelId={props.channelId} values={values} onChange={setValues} />
          )}
          <FormFields
            fields={kind.fields}
            values={values}
            onChange={setValues}
            problems={form.problems}
          />
          {kind.pictured && !values.header && (
            <HeaderFile attachments={props.attachments} kinds={headerKinds} />
          )}
          <div className={classes.actions}>
            <Button variant="default" onClick={props.onClose}>
              {t("action.cancel")}
            </Button>
            <Button type="submit">{t("composer.send")}</Button>
          </div>
        </div>
        <Preview composed={form.composed} />
      </form>
    </Modal>
  );
}

export function Preview({ composed }: { composed: Pick<Composed, "body" | "content"> }) {
  const { t } = useTranslation();
  const author = { id: 0, name: "" };
  const waiting = newWaiting({ ...composed, conversationId: "", quoted: null, author });
  return (
    <aside className={classes.preview} aria-label={t("compose.preview")}>
      <p className={classes.previewTitle}>{t("compose.preview")}</p>
      <div className={classes.bubble} dir="auto">
        <Content message={asMessage(waiting)} />
      </div>
    </aside>
  );
}

/** Coordinates are nobody's to type: they are taken from what was copied from a map. */
function MapLink({ values, onChange }: { values: Values; onChange(values: Values): void }) {
  const { t } = useTranslation();
  const [link, setLink] = useState("");
  const found = link ? coordinatesIn(link) : null;
  return (
    <TextInput
      label={t("compose.field.mapLink")}
      placeholder="https://maps.google.com/…  25.0330, 121.5654"
      value={link}
      error={link && !found ? t("compose.problem.noPlace") : null}
      data-autofocus
      onChange={(event) => {
        const text = event.currentTarget.value;
        setLink(text);
        const place = coordinatesIn(text);
        if (place) onChange({ ...values, ...place });
      }}
    />
  );
}
