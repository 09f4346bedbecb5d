import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { askForAccess } from "../access/askForAccess";
import { ApiError } from "../api/client";
import i18n from "../i18n";

const ERROR_MS = 8000;
const DONE_MS = 3000;
const UNDO_MS = 7000;
const NEWS_MS = 15_000;

function closeButton() {
  return { "aria-label": i18n.t("action.close") };
}

/** What happened, in the reader's words, and below it what can be done about it. */
export function notifyError(error: unknown): void {
  const known = error instanceof ApiError ? error : null;
  notifications.show({
    // The same trouble twice is one toast.
    id: `error:${known?.code ?? "unknown"}`,
    color: "red",
    autoClose: ERROR_MS,
    title: known?.message ?? i18n.t("error.unknown"),
    message: (
      <>
        {known?.remedy ?? (known ? null : i18n.t("error.unknownRemedy"))}
        {known && <AskFor error={known} />}
      </>
    ),
    withBorder: true,
    role: "alert",
    closeButtonProps: closeButton(),
  });
}

/** What was refused for want of a permission can be asked for right here. */
function AskFor({ error }: { error: ApiError }) {
  const { code, field } = error;
  if (code !== "not_allowed" || !field) return null;
  const ask = () => {
    notifications.hide(`error:${code}`);
    askForAccess({ permission: field });
  };
  return (
    <Button size="compact-sm" variant="light" mt={8} onClick={ask}>
      {i18n.t("action.askForAccess")}
    </Button>
  );
}

export function notifyDone(message: string): void {
  notifications.show({
    message,
    autoClose: DONE_MS,
    withBorder: true,
    role: "status",
    closeButtonProps: closeButton(),
  });
}

/** A done thing that can be taken back while the toast is there. */
export function notifyUndo(message: string, onUndo: () => void, staysMs = UNDO_MS): void {
  withDeed({ message, deed: i18n.t("action.undo"), onDeed: onUndo, staysMs });
}

interface News {
  title: string;
  words: string;
  urgent?: boolean;
  onOpen: () => void;
}

/** Something happened in a conversation that one is not looking at. */
export function notifyNews({ title, words, urgent = false, onOpen }: News): void {
  const colour = urgent ? "red" : "yellow";
  withDeed({
    title,
    message: words,
    deed: i18n.t("action.open"),
    onDeed: onOpen,
    colour,
    staysMs: NEWS_MS,
  });
}

interface WithDeed {
  title?: string;
  message: string;
  deed: string;
  onDeed: () => void;
  colour?: string;
  staysMs: number;
}

let count = 0;

function withDeed({ title, message, deed, onDeed, colour, staysMs }: WithDeed): void {
  count += 1;
  const id = `deed:${count}`;
  const act = () => {
    notifications.hide(id);
    onDeed();
  };
  notifications.show({
    id,
    title,
    color: colour,
    autoClose: staysMs,
    withBorder: true,
    role: "status",
    closeButtonProps: closeButton(),
    message: (
      <span style={{ display: "flex", alignItems: "center", gap: 12 }}>
        <Text size="sm" style={{ flex: 1 }}>
          {message}
        </Text>
        <Button size="compact-sm" variant="light" onClick={act}>
          {deed}
        </Button>
      </span>
    ),
  });
}
