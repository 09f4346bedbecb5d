import { Bookmark, Users } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useSavedCounts, useSavedViews } from "../api/queries";
import styles from "./Rail.module.css";
import { type Place, pathTo, placeOfSaved } from "./views";

const MOST_COUNTED = 1000;

/** Saved views with how many each holds: one's own, and those of one's regions. */
export function SavedViews({ place }: { place: Place | null }) {
  const { t, i18n } = useTranslation();
  const { data: views = [] } = useSavedViews();
  const { data: counts } = useSavedCounts(views.length > 0);
  const number = new Intl.NumberFormat(i18n.language);
  if (views.length === 0) return null;
  return (
    <section className={styles.saved} aria-label={t("inbox.saved")}>
      {views.map(({ id, name, region_id }) => {
        const here = placeOfSaved(id);
        const count = counts?.get(id) ?? 0;
        const Icon = region_id === null ? Bookmark : Users;
        return (
          <Link
            key={id}
            href={pathTo(here)}
            className={styles.view}
            title={region_id === null ? name : t("inbox.savedShared", { name })}
            aria-current={place === here ? "page" : undefined}
          >
            <Icon size={16} aria-hidden="true" />
            <span className={`${styles.label} ${styles.savedLabel}`}>{name}</span>
            <span className={styles.count}>
              {count > 0 && number.format(count)}
              {count >= MOST_COUNTED && "+"}
            </span>
          </Link>
        );
      })}
    </section>
  );
}
