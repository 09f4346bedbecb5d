import { Button } from "@mantine/core";
import { ClipboardList, Dices } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Coaching.module.css";
import { DrawDialog } from "./DrawDialog";
import { FormEditor } from "./FormEditor";
import { ReviewList } from "./ReviewList";

/** What is to be reviewed, what was, and what a region judges by. */
export function ReviewTab() {
  const { t } = useTranslation();
  const [dialog, setDialog] = useState<"draw" | "form" | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <div className={styles.toolbar}>
        <Button
          size="compact-md"
          leftSection={<Dices size={15} />}
          onClick={() => setDialog("draw")}
        >
          {t("coaching.draw.do")}
        </Button>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<ClipboardList size={15} />}
          onClick={() => setDialog("form")}
        >
          {t("coaching.criteria.do")}
        </Button>
      </div>
      <h2 className={styles.heading}>{t("coaching.reviews.open")}</h2>
      <ReviewList state="open" />
      <h2 className={styles.heading}>{t("coaching.reviews.done")}</h2>
      <ReviewList state="done" />
      {dialog === "draw" && <DrawDialog onClose={close} />}
      {dialog === "form" && <FormEditor onClose={close} />}
    </>
  );
}
