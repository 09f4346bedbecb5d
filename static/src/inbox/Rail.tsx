import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { AccessLink } from "../access/AccessLink";
import { useCounts } from "../api/queries";
import { BinLink } from "../bin/BinLink";
import { BoardLink } from "../board/BoardLink";
import { ChannelsLink } from "../channels/ChannelsLink";
import { CoachingLink } from "../coaching/CoachingLink";
import { Logo } from "../components/Logo";
import { useCurrentInSight } from "../components/useCurrentInSight";
import { ContactsLink } from "../contacts/ContactsLink";
import { KeywordsLink } from "../keywords/KeywordsLink";
import { LogLink } from "../log/LogLink";
import { BellLink } from "../notifications/BellLink";
import { SearchLink } from "../search/SearchLink";
import { Account } from "../session/Account";
import { useMe } from "../session/MeContext";
import type { AlertChoices } from "../session/useAlerts";
import { SettingsLink } from "../settings/SettingsLink";
import styles from "./Rail.module.css";
import { SavedViews } from "./SavedViews";
import { type Place, pathTo, viewsOf } from "./views";

interface RailProps {
  /** Null on a page that is not the inbox. */
  place: Place | null;
  alerts: AlertChoices;
  onShortcuts: () => void;
}

export function Rail({ place, alerts, onShortcuts }: RailProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const { data: counts } = useCounts();
  const [path] = useLocation();
  const views = useCurrentInSight<HTMLDivElement>(path);
  const number = new Intl.NumberFormat(i18n.language);
  return (
    <nav className={styles.rail} data-part="rail" aria-label={t("inbox.views")}>
      <div className={styles.brand}>
        <Logo />
        <span>Kefu</span>
      </div>
      <div ref={views} className={styles.views}>
        {viewsOf(me).map(({ view: name, icon: Icon }) => (
          <Link
            key={name}
            href={pathTo(name)}
            className={styles.view}
            title={t(`inbox.view.${name}`)}
            aria-current={place === name ? "page" : undefined}
          >
            <Icon size={16} aria-hidden="true" />
            <span className={styles.label}>{t(`inbox.view.${name}`)}</span>
            <span className={styles.count}>
              {/* Resolved only grows: a number there would say nothing. */}
              {counts && name !== "resolved" && counts[name] > 0 && number.format(counts[name])}
            </span>
          </Link>
        ))}
        <SavedViews place={place} />
        <ContactsLink className={styles.view} labelClass={styles.label} />
        <SearchLink className={styles.view} labelClass={styles.label} />
        <CoachingLink className={styles.view} labelClass={styles.label} countClass={styles.count} />
        <BoardLink className={styles.view} labelClass={styles.label} />
        <KeywordsLink className={styles.view} labelClass={styles.label} />
        <AccessLink className={styles.view} labelClass={styles.label} countClass={styles.count} />
        <ChannelsLink className={styles.view} labelClass={styles.label} countClass={styles.count} />
        <BinLink className={styles.view} labelClass={styles.label} countClass={styles.count} />
        <LogLink className={styles.view} labelClass={styles.label} />
        <SettingsLink className={styles.view} labelClass={styles.label} />
      </div>
      <div className={styles.account}>
        <BellLink className={styles.view} labelClass={styles.label} countClass={styles.count} />
        <Account alerts={alerts} onShortcuts={onShortcuts} />
      </div>
    </nav>
  );
}
