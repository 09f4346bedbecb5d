import { Menu } from "@mantine/core";
import { ClipboardCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { notifyDone, saidByToast } from "../components/toasts";
import { useReviewDeed } from "./reviewQueries";
import "./words";

/** Chooses the case that was finished here for review. */
export function ReviewItem({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const deed = useReviewDeed();
  return (
    <>
      <Menu.Divider />
      <Menu.Item
        leftSection={<ClipboardCheck size={16} />}
        onClick={() =>
          deed
            .mutateAsync({ deed: "choose", conversation_id: conversationId })
            .then(() => notifyDone(t("coaching.reviews.chosen")), saidByToast)
        }
      >
        {t("coaching.reviews.choose")}
      </Menu.Item>
    </>
  );
}
