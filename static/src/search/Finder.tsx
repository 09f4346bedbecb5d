import { Tabs } from "@mantine/core";
import { Search } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../components/states";
import { useMay, useMe } from "../session/MeContext";
import { type Asked, addressOf, GROUPS, type Group, useAsked } from "./address";
import { Chips } from "./Chips";
import { ContactHits, MessageHits, NoteHits } from "./Groups";
import { rememberScroll, rememberSearch, scrollOf } from "./memory";
import styles from "./Search.module.css";
import { SearchField } from "./SearchField";

const EVERYTHING = "all";

export function Finder() {
  const { t } = useTranslation();
  const [asked, change] = useAsked();
  const main = useKeptScroll(addressOf(asked));
  const seesContacts = useMay("contact.see");
  const groups = GROUPS.filter((group) => group !== "contacts" || seesContacts);
  const shown = groups.find((group) => group === asked.in) ?? EVERYTHING;
  return (
    <main ref={main} className={styles.main}>
      <h1 className={styles.title}>{t("search.title")}</h1>
      <SearchField value={asked.q ?? ""} onChange={(q) => change({ q })} />
      <Chips asked={asked} onChange={change} />
      {asked.q ? (
        <Tabs
          value={shown}
          onChange={(tab) => change({ in: tab === EVERYTHING ? "" : (tab ?? "") })}
          keepMounted={false}
        >
          <Tabs.List>
            {[EVERYTHING, ...groups].map((name) => (
              <Tabs.Tab key={name} value={name}>
                {t(`searchPage.group.${name}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={shown}>
            <Found
              asked={asked}
              groups={shown === EVERYTHING ? groups : [shown]}
              onOpen={(group) => change({ in: group })}
            />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <Notice
          icon={<Search size={28} strokeWidth={1.5} />}
          title={t("searchPage.begin.title")}
          hint={t("searchPage.begin.hint")}
        />
      )}
    </main>
  );
}

interface FoundProps {
  asked: Asked;
  groups: readonly Group[];
  onOpen: (group: Group) => void;
}

function Found({ asked, groups, onOpen }: FoundProps) {
  // Whom one looks for comes first: there are few of them.
  const parts = { contacts: ContactHits, messages: MessageHits, notes: NoteHits };
  const order = (["contacts", "messages", "notes"] as const).filter((one) => groups.includes(one));
  return order.map((group) => {
    const Part = parts[group];
    return (
      <Part key={group} asked={asked} alone={groups.length === 1} onMore={() => onOpen(group)} />
    );
  });
}

/** Whoever comes back finds the list where they left it. */
function useKeptScroll(address: string) {
  const main = useRef<HTMLElement>(null);
  const me = useMe();
  useEffect(() => {
    rememberSearch(me.id, address);
    const box = main.current;
    if (!box) return;
    const wanted = scrollOf(address);
    // What was found before is there at once, and drawn with the first frame.
    const frame = requestAnimationFrame(() => {
      if (wanted > 0) box.scrollTop = wanted;
    });
    const keep = () => rememberScroll(address, box.scrollTop);
    box.addEventListener("scroll", keep, { passive: true });
    return () => {
      cancelAnimationFrame(frame);
      box.removeEventListener("scroll", keep);
    };
  }, [address, me.id]);
  return main;
}
