import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { askForAccess } from "../access/askForAccess";
import { ApiError, FACTOR_REQUIRED } from "../api/client";
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
  if (known?.code === FACTOR_REQUIRED) return;
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
        {known?.code === "second_factor_missing" && <SetUpFactor />}
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

function SetUpFactor() {
  return (
    <Button size="compact-sm" variant="light" mt={8} component="a" href="/settings/security">
      {i18n.t("action.setUpFactor")}
    </Button>
  );
}

/** For the promise of a deed whose failure `notifyError` tells. What follows a deed is told by `then` where the one who
 * asked may be gone by then: a row that left the list calls no `onSuccess` of its own. */
export function saidByToast(): void {}

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

/** Something that can be opened. */
interface News {
  title: string;
  words: string;
  onOpen: () => void;
}

/** What was done can be looked at elsewhere. */
export function notifyOpen({ title, words, onOpen }: News): void {
  const deed = i18n.t("action.open");
  withDeed({ title, message: words, deed, onDeed: onOpen, staysMs: NEWS_MS });
}

interface WaitingNews extends News {
  urgent: boolean;
  key: string;
  /** How many stand behind it in the bell. */
  more: number;
}

let shown: WaitingNews | null = null;

/**
 * Something happened in a conversation that one is not looking at. All of it is in the bell: one at a time is shown
 * here, the latest, or the latest urgent one, with how many more there are.
 */
export function notifyNews({ urgent = false, ...news }: News & { urgent?: boolean }): void {
  const before = shown;
  const next = before?.urgent && !urgent ? before : { ...news, urgent };
  if (before) notifications.hide(before.key);
  const more = before ? before.more + 1 : 0;
  const behind = more > 0 ? i18n.t("action.moreNews", { count: more }) : null;
  const key = withDeed({
    title: next.title,
    message: [next.words, behind].filter(Boolean).join(" · "),
    deed: i18n.t("action.open"),
    onDeed: next.onOpen,
    colour: next.urgent ? "red" : "yellow",
    staysMs: NEWS_MS,
    onClose: () => {
      if (shown?.key === key) shown = null;
    },
  });
  shown = { ...next, key, more };
}

interface WithDeed {
  title?: string;
  message: string;
  deed: string;
  onDeed: () => void;
  colour?: string;
  staysMs: number;
  onClose?: () => void;
}

let count = 0;

function withDeed({ title, message, deed, onDeed, colour, staysMs, onClose }: WithDeed): string {
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
    onClose,
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
  return id;
}
