import { useMantineColorScheme } from "@mantine/core";
import { useLocation } from "wouter";
import { usePatchMe } from "../api/mutations";
import { useSavedViews } from "../api/queries";
import type { Me } from "../api/types";
import { localeOf, pickLanguage } from "../i18n";
import { pathTo, placeOfSaved, viewsOf } from "../inbox/views";
import { lastSearch } from "../search/memory";
import { useMe } from "../session/MeContext";
import { PAGES } from "./pages";
import { type Command, useCommands } from "./registry";

const SEARCH = "/search";

/** What can be done from anywhere: going to a page or a view, and one's own settings. */
export function PageCommands() {
  const me = useMe();
  const [, go] = useLocation();
  const { data: saved = [] } = useSavedViews();
  useCommands([
    ...viewCommands(me, go),
    ...PAGES.filter(({ may }) => !may || me.permissions.includes(may)).map(
      ({ path, words, also, icon, key }): Command => ({
        id: `go.${path}`,
        group: "go",
        words,
        also,
        icon,
        key,
        run: () => go(path === SEARCH ? lastSearch(me.id) : path),
      }),
    ),
    ...saved.map(
      ({ id, name }): Command => ({
        id: `saved.${id}`,
        group: "saved",
        words: "inbox.saved",
        name,
        run: () => go(pathTo(placeOfSaved(id))),
      }),
    ),
    ...useAccountCommands(me),
  ]);
  return null;
}

function viewCommands(me: Me, go: (path: string) => void): Command[] {
  return viewsOf(me).map(({ view, icon, key }) => ({
    id: `go.view.${view}`,
    group: "go",
    words: `inbox.view.${view}`,
    also: ["inbox", "收件匣"],
    key,
    icon,
    run: () => go(pathTo(view)),
  }));
}

function useAccountCommands(me: Me): Command[] {
  const patchMe = usePatchMe();
  const { setColorScheme } = useMantineColorScheme();
  const languages = (["zh-hant", "en"] as const).map(
    (language): Command => ({
      id: `account.language.${language}`,
      group: "account",
      words: "account.language",
      name: language === "en" ? "English" : "繁體中文",
      also: ["language", "語言"],
      run: () => {
        pickLanguage(language);
        patchMe.mutate({ language });
      },
    }),
  );
  const schemes = (["light", "dark", "auto"] as const).map(
    (scheme): Command => ({
      id: `account.theme.${scheme}`,
      group: "account",
      words: `account.theme.${scheme}`,
      also: ["theme", "appearance", "外觀", "主題", "佈景"],
      run: () => setColorScheme(scheme),
    }),
  );
  const presence = (["available", "away"] as const)
    .filter((availability) => availability !== me.availability)
    .map(
      (availability): Command => ({
        id: `account.availability.${availability}`,
        group: "account",
        words: `account.availability.${availability}`,
        also: ["status", "presence", "狀態", "上線", "離線"],
        run: () => patchMe.mutate({ availability }),
      }),
    );
  return [...presence, ...schemes, ...languages.filter(({ name }) => name !== nameOf(me))];
}

function nameOf(me: Me): string {
  return localeOf(me.language) === "en" ? "English" : "繁體中文";
}
