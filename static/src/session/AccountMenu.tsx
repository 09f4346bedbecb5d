import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { Bell, Keyboard, LogOut, Monitor, Moon, ShieldCheck, Sun, Volume2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { usePatchMe } from "../api/mutations";
import type { Availability, Language } from "../api/types";
import { notifyError } from "../components/toasts";
import { localeOf, pickLanguage } from "../i18n";
import { outbox } from "../thread/outbox";
import { AccountButton, type AccountProps } from "./Account";
import styles from "./AccountMenu.module.css";
import { useMe } from "./MeContext";
import type { AlertChoices } from "./useAlerts";
import { useSignOut } from "./useSignIn";

const ICON = 15;
const LANGUAGES: { language: Language; name: string }[] = [
  { language: "zh-hant", name: "繁體中文" },
  { language: "en", name: "English" },
];
const SCHEMES = [
  { scheme: "light", Icon: Sun },
  { scheme: "dark", Icon: Moon },
  { scheme: "auto", Icon: Monitor },
] as const;

interface MenuProps extends AccountProps {
  opened: boolean;
  onOpened: (opened: boolean) => void;
  /** The button this one takes the place of had the focus. */
  focused: boolean;
}

/** What opens from the account's button; a code chunk of its own, as menus are seldom opened and weigh much. */
export default function AccountMenu(props: MenuProps) {
  const { alerts, onShortcuts, opened, onOpened, focused } = props;
  const { t } = useTranslation();
  // Opened only once the button is there: the focus returns to where it was when the menu opened.
  const [ready, setReady] = useState(false);
  useEffect(() => setReady(true), []);
  const signOut = useSignOut();
  const leave = () => {
    // What could not be sent goes with the session: it must not leave under another name later.
    if (outbox.isEmpty() || window.confirm(t("account.signOutUnsent"))) {
      signOut.mutate(undefined, { onError: notifyError });
    }
  };

  return (
    <Menu
      opened={opened && ready}
      onChange={onOpened}
      position="top-start"
      width={236}
      closeOnItemClick={false}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <AccountButton autoFocus={focused} />
      </Menu.Target>
      <Menu.Dropdown>
        <AvailabilityChoices />
        <Menu.Divider />
        <LanguageChoices />
        <Menu.Divider />
        <SchemeChoices />
        <Menu.Divider />
        <AlertItems alerts={alerts} />
        <Menu.Divider />
        <Menu.Item
          component={Link}
          href="/settings/security"
          rightSection={<ShieldCheck size={ICON} aria-hidden="true" />}
          closeMenuOnClick
        >
          {t("account.security")}
        </Menu.Item>
        <Menu.Item
          rightSection={<Keyboard size={ICON} aria-hidden="true" />}
          closeMenuOnClick
          onClick={onShortcuts}
        >
          {t("shortcuts.title")}
        </Menu.Item>
        <Menu.Item rightSection={<LogOut size={ICON} aria-hidden="true" />} onClick={leave}>
          {t("account.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function AvailabilityChoices() {
  const { t } = useTranslation();
  const me = useMe();
  const patchMe = usePatchMe();
  return (
    <>
      <Menu.Label>{t("account.availability.label")}</Menu.Label>
      <Menu.RadioGroup
        value={me.availability}
        onChange={(value) => patchMe.mutate({ availability: value as Availability })}
      >
        {(["available", "away"] as const).map((availability) => (
          <Menu.RadioItem
            key={availability}
            value={availability}
            rightSection={<span className={styles.dot} data-availability={availability} />}
          >
            {t(`account.availability.${availability}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function LanguageChoices() {
  const { t } = useTranslation();
  const me = useMe();
  const patchMe = usePatchMe();
  const choose = (language: Language) => {
    pickLanguage(language);
    patchMe.mutate({ language });
  };
  return (
    <>
      <Menu.Label>{t("account.language")}</Menu.Label>
      <Menu.RadioGroup value={me.language} onChange={(value) => choose(value as Language)}>
        {LANGUAGES.map(({ language, name }) => (
          <Menu.RadioItem key={language} value={language}>
            <span lang={localeOf(language)}>{name}</span>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function SchemeChoices() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t("account.theme.label")}</Menu.Label>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
      >
        {SCHEMES.map(({ scheme, Icon }) => (
          <Menu.RadioItem
            key={scheme}
            value={scheme}
            rightSection={<Icon size={ICON} aria-hidden="true" />}
          >
            {t(`account.theme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

function AlertItems({ alerts }: { alerts: AlertChoices }) {
  const { t } = useTranslation();
  return (
    <>
      <Menu.CheckboxItem
        checked={alerts.desktop}
        onChange={alerts.toggleDesktop}
        rightSection={<Bell size={ICON} aria-hidden="true" />}
      >
        {t("account.desktopAlerts")}
      </Menu.CheckboxItem>
      <Menu.CheckboxItem
        checked={alerts.sound}
        onChange={alerts.toggleSound}
        rightSection={<Volume2 size={ICON} aria-hidden="true" />}
      >
        {t("account.sound")}
      </Menu.CheckboxItem>
    </>
  );
}
