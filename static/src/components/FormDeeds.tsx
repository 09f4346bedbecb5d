import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import quick from "../quick/Quick.module.css";

interface DeedsProps {
  onClose(): void;
  loading: boolean;
  disabled?: boolean;
  children: string;
}

/** The last line of a dialog's form: leaving it, and the deed it is for. */
export function FormDeeds({ onClose, loading, disabled = false, children }: DeedsProps) {
  const { t } = useTranslation();
  return (
    <div className={quick.deeds}>
      <Button variant="default" onClick={onClose}>
        {t("action.cancel")}
      </Button>
      <Button type="submit" disabled={disabled} loading={loading}>
        {children}
      </Button>
    </div>
  );
}
