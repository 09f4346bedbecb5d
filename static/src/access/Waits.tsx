import { useTranslation } from "react-i18next";
import type { AccessRequest } from "../api/types";
import { useShortTime } from "../components/useShortTime";

/** Since when one's own request waits. */
export function Waits({ request }: { request: AccessRequest }) {
  const { t } = useTranslation();
  const at = useShortTime();
  return <span>{t("lacking.waits", { at: at(request.asked_at) })}</span>;
}
