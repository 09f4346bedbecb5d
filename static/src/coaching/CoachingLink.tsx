import { GraduationCap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useMay, useMe } from "../session/MeContext";
import { useCoachingSummary } from "./queries";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
  countClass: string | undefined;
}

/** In the rail; it counts the replies that wait for this person, reviews they have not read, and proposals. */
export function CoachingLink({ className, labelClass, countClass }: LinkProps) {
  const { t, i18n } = useTranslation();
  const me = useMe();
  const leads = useMay("trainee.lead");
  const { data } = useCoachingSummary();
  const [here] = useRoute("/trainees");
  const count = data ? data.waiting + data.unread + data.promotions : 0;
  const name = t(leads || me.mentors ? "inbox.coaching.team" : "inbox.coaching.mine");
  return (
    <Link
      href="/trainees"
      className={className}
      title={name}
      aria-current={here ? "page" : undefined}
    >
      <GraduationCap size={16} aria-hidden="true" />
      <span className={labelClass}>{name}</span>
      <span className={countClass}>
        {count > 0 && new Intl.NumberFormat(i18n.language).format(count)}
      </span>
    </Link>
  );
}
