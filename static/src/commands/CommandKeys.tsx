import { lazy, Suspense, useEffect, useState } from "react";
import { useShortcuts } from "../inbox/useShortcuts";
import { closePanels, openHelp, openPalette, setHelp, setPalette, usePanels } from "./panels";
import { type Command, useAllCommands, useCommands } from "./registry";
import { useSingleKeys } from "./singleKeys";

const Palette = lazy(() => import("./Palette"));
const ShortcutsSheet = lazy(() => import("./ShortcutsSheet"));

const SINGLE = /^.$/u;

/** The one place that listens for keys, whatever page is open; with the palette and the sheet that tell of them. */
export function CommandKeys() {
  const commands = useAllCommands();
  const [single] = useSingleKeys();
  const { palette, help } = usePanels();
  useCommands(HELP);
  useShortcuts(keysOf(commands, single));
  usePaletteKey();
  // Whoever signs in next begins with nothing open.
  useEffect(() => closePanels, []);
  return (
    <Suspense>
      {palette && <Palette onClose={() => setPalette(false)} />}
      {help && <ShortcutsSheet onClose={() => setHelp(false)} />}
    </Suspense>
  );
}

const HELP: readonly Command[] = [
  {
    id: "help.keys",
    group: "help",
    words: "shortcuts.help",
    also: ["keyboard", "hotkeys", "鍵盤", "捷徑"],
    key: "?",
    run: openHelp,
  },
  {
    id: "help.palette",
    group: "help",
    words: "shortcuts.palette",
    shown: ["Ctrl", "K"],
    keysOnly: true,
  },
];

/** Letters and signs can be switched off (WCAG 2.1.4): who dictates would set them off by speaking. */
function keysOf(commands: readonly Command[], single: boolean): Record<string, () => void> {
  const keys: Record<string, () => void> = {};
  for (const { key, run } of commands) {
    if (key && run && (single || !SINGLE.test(key))) keys[key] = run;
  }
  return keys;
}

/** Also while somebody types, but never while an input method composes. */
function usePaletteKey(): void {
  const [mac] = useState(() => /Mac|iPhone|iPad/.test(navigator.platform));
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const held = mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
      if (!held || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
      if (event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      openPalette();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [mac]);
}
