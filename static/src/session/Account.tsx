import { UnstyledButton, VisuallyHidden } from "@mantine/core";
import { type ComponentProps, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../components/Avatar";
import { notifyError } from "../components/toasts";
import styles from "./AccountMenu.module.css";
import { useMe } from "./MeContext";
import type { AlertChoices } from "./useAlerts";

export interface AccountProps {
  alerts: AlertChoices;
  onShortcuts: () => void;
}

type Menu = typeof import("./AccountMenu").default;

const LOAD_AFTER_MS = 1500;

/** Who is signed in. The menu is loaded after everything that is looked at first, or when it is pressed for. */
export function Account(props: AccountProps) {
  const [Menu, setMenu] = useState<Menu | null>(null);
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const focused = useRef(false);
  useEffect(() => {
    const load = () =>
      import("./AccountMenu").then(
        (loaded) => {
          focused.current = document.activeElement === button.current;
          setMenu(() => loaded.default);
        },
        (error) => {
          if (!opened) return;
          notifyError(error);
          setOpened(false);
        },
      );
    const timer = setTimeout(load, opened ? 0 : LOAD_AFTER_MS);
    return () => clearTimeout(timer);
  }, [opened]);
  if (Menu) {
    return <Menu {...props} opened={opened} onOpened={setOpened} focused={focused.current} />;
  }
  return (
    <AccountButton
      ref={button}
      aria-haspopup="menu"
      aria-expanded={opened}
      onClick={() => setOpened(true)}
    />
  );
}

export function AccountButton(props: ComponentProps<typeof UnstyledButton<"button">>) {
  const { t } = useTranslation();
  const me = useMe();
  return (
    <UnstyledButton {...props} className={styles.account}>
      <span className={styles.face} data-availability={me.availability}>
        <Avatar name={me.name} size={28} />
      </span>
      <span className={styles.who} data-part="who">
        <span className={styles.name}>{me.name}</span>
        <span className={styles.state}>{t(`account.availability.${me.availability}`)}</span>
      </span>
      <VisuallyHidden>{t("account.menu")}</VisuallyHidden>
    </UnstyledButton>
  );
}
