import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { Page } from "../components/Page";
import { useCurrentInSight } from "../components/useCurrentInSight";
import { useMe } from "../session/MeContext";
import styles from "./SettingsPage.module.css";
import { SECTIONS, type Section, sectionsOf } from "./sections";
import "./settingsWords";

interface SettingsPageProps {
  section: Section["name"];
  children: ReactNode;
}

/** One part of the settings, with the way to the others above it. */
export function SettingsPage({ section, children }: SettingsPageProps) {
  const { t } = useTranslation();
  const sections = sectionsOf(useMe());
  const menu = useCurrentInSight<HTMLElement>(section);
  return (
    <Page
      title={t(`settings.${section}.name`)}
      needs={SECTIONS.find(({ name }) => name === section)?.needs}
    >
      <main className={styles.main}>
        <nav ref={menu} className={styles.menu} aria-label={t("inbox.settings")}>
          {sections.map(({ name, path, icon: Icon }) => (
            <Link
              key={name}
              href={path}
              className={styles.link}
              aria-current={name === section ? "page" : undefined}
            >
              <Icon size={15} aria-hidden="true" />
              {t(`settings.${name}.name`)}
            </Link>
          ))}
        </nav>
        <div className={styles.content}>{children}</div>
      </main>
    </Page>
  );
}
