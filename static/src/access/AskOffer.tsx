import { Button } from "@mantine/core";
import { KeyRound } from "lucide-react";
import { useTranslation } from "react-i18next";
import styles from "./Access.module.css";
import { askForAccess, type Lacking } from "./askForAccess";
import { useWaiting } from "./queries";
import { permissionName } from "./rightWords";
import { Waits } from "./Waits";
import "./words";

/** Where something is refused: which permission is lacking, and asking for it; who has asked reads since when. */
export default function AskOffer(lacking: Lacking) {
  const { t } = useTranslation();
  const waiting = useWaiting(lacking);
  return (
    <div className={styles.offer}>
      <p className={styles.hint}>
        {t("lacking.permission", { permission: permissionName(lacking.permission, t) })}
      </p>
      {waiting ? (
        <p role="status" className={styles.hint}>
          <Waits request={waiting} />
        </p>
      ) : (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<KeyRound size={16} aria-hidden="true" />}
          onClick={() => askForAccess(lacking)}
        >
          {t("action.askForAccess")}
        </Button>
      )}
    </div>
  );
}
