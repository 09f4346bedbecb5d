import { CornerUpRight, Megaphone, Users } from "lucide-react";
import type { MessageContent, Referral } from "../../api/types";
import { useThread } from "../context";
import { linkify } from "../text/linkify";
import classes from "./Cards.module.css";
import kit from "./Content.module.css";

/** Where a message comes from, before what it says: an ad, a group, somebody else. */
export function Provenance({ content }: { content: MessageContent }) {
  const { t } = useThread();
  return (
    <>
      {content.referral && <ReferralCard referral={content.referral} />}
      {content.group_id && (
        <span className={kit.label}>
          <Users size={12} /> {t("thread.group")}
        </span>
      )}
      {content.forwarded && (
        <span className={kit.label}>
          <CornerUpRight size={12} /> {t("thread.forwarded")}
        </span>
      )}
    </>
  );
}

/** The ad's own pictures expire and would tell Meta who looks: its words and address are enough. */
function ReferralCard({ referral }: { referral: Referral }) {
  const { t } = useThread();
  const { source_type, source_url, headline, body } = referral;
  const link = typeof source_url === "string" ? linkify(source_url)[0] : undefined;
  return (
    <div className={classes.referral}>
      <span className={kit.label}>
        <Megaphone size={12} />
        {t(source_type === "post" ? "thread.referral.post" : "thread.referral.ad")}
      </span>
      {headline && <bdi className={classes.cardTitle}>{String(headline)}</bdi>}
      {body && <bdi className={kit.small}>{String(body)}</bdi>}
      {link && (
        <a href={link.href} target="_blank" rel="noopener noreferrer nofollow">
          {t("thread.referral.open")}
        </a>
      )}
    </div>
  );
}
