import { MapPin } from "lucide-react";
import type { MessageContent } from "../../api/types";
import { useThread } from "../context";
import { linkify } from "../text/linkify";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";

function coordinate(value: number): string {
  return value.toFixed(5);
}

/** No map is drawn: fetching tiles would tell a stranger where the customer is. */
export function LocationContent({ content }: { content: MessageContent }) {
  const { t } = useThread();
  const { latitude, longitude, name, address, url } = content;
  const site = url ? linkify(url)[0] : undefined;
  if (latitude === undefined || longitude === undefined) return <p>{t("thread.kind.location")}</p>;
  const at = `${coordinate(latitude)},${coordinate(longitude)}`;
  const osm = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  const google = `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(at)}`;
  return (
    <div className={classes.place}>
      <span className={classes.pin}>
        <MapPin size={20} />
      </span>
      <div className={classes.cardWords}>
        <bdi className={classes.cardTitle}>{name || t("thread.location.shared")}</bdi>
        {address && <bdi className={kit.small}>{address}</bdi>}
        <span className={kit.small}>{at.replace(",", ", ")}</span>
        <span className={classes.links}>
          <a href={google} target="_blank" rel="noopener noreferrer">
            Google Maps
          </a>
          <a href={osm} target="_blank" rel="noopener noreferrer">
            OpenStreetMap
          </a>
          {site && (
            <a href={site.href} target="_blank" rel="noopener noreferrer nofollow">
              {t("thread.location.site")}
            </a>
          )}
        </span>
      </div>
    </div>
  );
}
