import { RadioTower } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useRoute } from "wouter";
import { useChannels } from "../api/queries";
import { useMay } from "../session/MeContext";

interface LinkProps {
  className: string | undefined;
  labelClass: string | undefined;
  countClass: string | undefined;
}

/** In the rail, for those who look after the numbers; it counts what wants a look. */
export function ChannelsLink(props: LinkProps) {
  return useMay("channel.manage") ? <Shown {...props} /> : null;
}

function Shown({ className, labelClass, countClass }: LinkProps) {
  const { t, i18n } = useTranslation();
  const { data } = useChannels();
  const [here] = useRoute("/channels/:channelId?");
  const count = data?.reduce((sum, { alerts, pauses }) => sum + alerts + pauses.length, 0) ?? 0;
  return (
    <Link
      href="/channels"
      className={className}
      title={t("channels.title")}
      aria-current={here ? "page" : undefined}
    >
      <RadioTower size={16} aria-hidden="true" />
      <span className={labelClass}>{t("channels.title")}</span>
      <span className={countClass}>
        {count > 0 && new Intl.NumberFormat(i18n.language).format(count)}
      </span>
    </Link>
  );
}
