import { Modal } from "@mantine/core";
import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../session/MeContext";
import { Options } from "./Options";
import styles from "./Palette.module.css";
import { ranked } from "./ranking";
import { noteRecent, recentOf } from "./recent";
import { type Command, useAllCommands } from "./registry";
import { useDeeds, useOpenConversation } from "./useDeeds";
import { useFound } from "./useFound";
import "./words";

/** What is typed, what fits it, which is chosen; and what its keys do. */
function usePalette(onClose: () => void) {
  const me = useMe();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const registered = useAllCommands();
  const deeds = useDeeds(useOpenConversation());
  const found = useFound(query);
  const [recent] = useState(() => recentOf(me.id));
  const sections = useMemo(
    () => ranked(query, [...registered, ...deeds], found.commands, recent),
    [query, registered, deeds, found.commands, recent],
  );
  const options = sections.flatMap(({ commands }) => commands);
  const at = Math.min(active, Math.max(0, options.length - 1));
  const run = (command: Command | undefined) => {
    if (!command?.run) return;
    noteRecent(me.id, command.id);
    onClose();
    // The dialog gives the focus back first; what opens now may take it.
    setTimeout(() => command.run?.(), 0);
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const step = STEPS[event.key];
    if (step !== undefined) setActive((options.length + at + step) % Math.max(1, options.length));
    else if (event.key === "Home" && event.ctrlKey) setActive(0);
    else if (event.key === "Enter") run(options[at]);
    else return;
    event.preventDefault();
  };
  const type = (next: string) => {
    setQuery(next);
    setActive(0);
  };
  return { query, type, press, run, sections, at, count: options.length, found };
}

/** Everything by name: what can be done here, where one can go, who one looks for. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { query, type, press, run, sections, at, count, found } = usePalette(onClose);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="10vh"
      attributes={{ content: { "aria-label": t("commands.palette") } }}
      classNames={{ content: styles.content }}
    >
      <div className={styles.field}>
        <Search size={17} aria-hidden="true" />
        <input
          data-autofocus
          className={styles.input}
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={count > 0 ? `${listId}-${at}` : undefined}
          aria-label={t("commands.placeholder")}
          placeholder={t("commands.placeholder")}
          autoComplete="off"
          spellCheck={false}
          maxLength={80}
          value={query}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={press}
        />
      </div>
      <div
        ref={list}
        id={listId}
        className={styles.list}
        role="listbox"
        aria-label={t("commands.results")}
      >
        <Options sections={sections} listId={listId} active={at} facts={found.facts} onRun={run} />
      </div>
      <p className={styles.foot} role="status">
        {found.failed && query ? t("commands.searchFailed") : footOf(count, found.busy)}
      </p>
    </Modal>
  );

  function footOf(count: number, busy: boolean): string {
    if (count > 0) return t("commands.hint");
    return t(busy ? "commands.searching" : "commands.nothing");
  }
}

const STEPS: Record<string, 1 | -1 | undefined> = { ArrowDown: 1, ArrowUp: -1 };
