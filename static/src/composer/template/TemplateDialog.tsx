import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../../components/states";
import type { Attachment } from "../attachments";
import { mediaOf } from "../buildDrafts";
import { HeaderFile } from "../kinds/HeaderFile";
import { Preview } from "../kinds/KindDialog";
import kit from "../kinds/KindDialog.module.css";
import type { Composed } from "../kinds/useCompose";
import type { Attachments } from "../useAttachments";
import classes from "./TemplateDialog.module.css";
import {
  componentsOf,
  type Filled,
  headerFile,
  isComplete,
  shownOf,
  slotsOf,
  type Template,
} from "./template";
import { matching, useTemplates } from "./useTemplates";

interface TemplateDialogProps {
  channelId: string;
  /** A file in the tray, for a template that begins with one. */
  picture: Extract<Attachment, { state: "ready" }> | null;
  attachments: Attachments;
  onSend(composed: Composed): void;
  onClose(): void;
}

/** Choose an approved template, fill its variables, see it, send it. */
export default function TemplateDialog(props: TemplateDialogProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<Template | null>(null);
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={t("compose.kind.template")}
      size="xl"
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {chosen ? (
        <Fill template={chosen} onBack={() => setChosen(null)} {...props} />
      ) : (
        <Choose channelId={props.channelId} onChoose={setChosen} />
      )}
    </Modal>
  );
}

function Choose({ channelId, onChoose }: { channelId: string; onChoose(one: Template): void }) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const query = useTemplates(channelId);
  if (query.isError) return <FailedNotice error={query.error} onRetry={() => query.refetch()} />;
  const found = matching(query.data ?? [], search);
  return (
    <div className={kit.form}>
      <TextInput
        aria-label={t("compose.template.search")}
        placeholder={t("compose.template.search")}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
        data-autofocus
      />
      {query.isPending && <p className={kit.hint}>{t("compose.template.loading")}</p>}
      {query.data && found.length === 0 && (
        <p className={kit.hint}>
          {t(query.data.length > 0 ? "compose.template.noMatch" : "compose.template.none")}
        </p>
      )}
      <ul className={classes.list}>
        {found.map((template) => (
          <li key={`${template.name} ${template.language}`}>
            <button type="button" onClick={() => onChoose(template)}>
              <span className={classes.name}>
                {template.name} <span className={classes.tag}>{template.language}</span>
                <span className={classes.tag}>{template.category}</span>
              </span>
              <span className={classes.words}>{shownOf(template, {}).text}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type FillProps = TemplateDialogProps & { template: Template; onBack(): void };

function useFill({ template, picture, onSend }: FillProps) {
  const [filled, setFilled] = useState<Filled>({});
  const [tried, setTried] = useState(false);
  const needs = headerFile(template);
  const file = needs && picture?.upload.kind === needs ? picture : null;
  const shown = shownOf(template, filled);
  const composed: Composed = {
    body: {
      type: "template",
      template: { ...shown, components: componentsOf(template, filled) },
      ...(file ? { upload: file.upload.id } : {}),
    } as Composed["body"],
    content: file ? { ...shown, media: mediaOf(file.upload, file.preview) } : shown,
    attachment: file,
  };
  const ready = isComplete(template, filled) && (!needs || file !== null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (ready) onSend(composed);
  };
  const fill = (key: string, value: string) => setFilled({ ...filled, [key]: value });
  return { filled, fill, tried, needs, file, composed, submit };
}

function Fill(props: FillProps) {
  const { t } = useTranslation();
  const { template, onBack } = props;
  const { filled, fill, tried, needs, file, composed, submit } = useFill(props);
  return (
    <form className={kit.columns} onSubmit={submit} noValidate>
      <div className={kit.form}>
        <p className={classes.name}>
          {template.name} <span className={classes.tag}>{template.language}</span>
        </p>
        {needs && !file && (
          <p className={tried ? kit.problem : kit.hint} role={tried ? "alert" : undefined}>
            {t(`compose.template.needs.${needs}`)}
          </p>
        )}
        {needs && <HeaderFile attachments={props.attachments} kinds={[needs]} />}
        {slotsOf(template).map((slot, index) => (
          <TextInput
            key={slot.key}
            label={t(`compose.template.slot.${slot.where}`, { part: slot.name })}
            value={filled[slot.key] ?? ""}
            error={tried && !(filled[slot.key] ?? "").trim() ? t("compose.problem.required") : null}
            onChange={(event) => fill(slot.key, event.currentTarget.value)}
            data-autofocus={index === 0 || undefined}
            dir="auto"
          />
        ))}
        <div className={kit.actions}>
          <Button variant="default" onClick={onBack}>
            {t("compose.template.back")}
          </Button>
          <Button type="submit">{t("composer.send")}</Button>
        </div>
      </div>
      <Preview composed={composed} />
    </form>
  );
}
