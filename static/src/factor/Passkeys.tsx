import { ActionIcon, Button } from "@mantine/core";
import { KeyRound, Pencil, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../components/times";
import { notifyDone, notifyError } from "../components/toasts";
import { useMe } from "../session/MeContext";
import styles from "./Factor.module.css";
import { PasskeyDialog } from "./PasskeyDialog";
import { passkeysWork } from "./passkey";
import { type Passkey, usePasskeys, useRemovePasskey, useRenamePasskey } from "./passkeyQueries";

interface PasskeysProps {
  /** Their first factor needs the password. */
  first: boolean;
  onCodes(codes: string[]): void;
}

/** One's passkeys: made on this device, named, taken away. */
export function Passkeys({ first, onCodes }: PasskeysProps) {
  const { t } = useTranslation();
  const { data = [] } = usePasskeys();
  const [adding, setAdding] = useState(false);
  return (
    <section className={styles.part}>
      <h2>{t("passkey.title")}</h2>
      <p className={styles.hint}>{t(passkeysWork() ? "passkey.why" : "passkey.notHere")}</p>
      {data.length > 0 && (
        <ul className={styles.list}>
          {data.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {passkeysWork() && (
        <Button variant={data.length > 0 ? "default" : "filled"} onClick={() => setAdding(true)}>
          {t("passkey.add")}
        </Button>
      )}
      {adding && (
        <PasskeyDialog
          first={first}
          onClose={() => setAdding(false)}
          onDone={(codes) => {
            setAdding(false);
            notifyDone(t("passkey.added"));
            if (codes.length > 0) onCodes(codes);
          }}
        />
      )}
    </section>
  );
}

function Row({ passkey }: { passkey: Passkey }) {
  const { t, i18n } = useTranslation();
  const { time_zone } = useMe();
  const rename = useRenamePasskey();
  const remove = useRemovePasskey();
  const { id, name, last_used_at, made_at, rp_id } = passkey;
  const at = (iso: string) => fullTime(iso, i18n.language, time_zone);
  const ask = () => {
    const wanted = window.prompt(t("passkey.name"), name)?.trim();
    if (wanted && wanted !== name) rename.mutate({ id, name: wanted }, { onError: notifyError });
  };
  const drop = () => {
    if (!window.confirm(t("passkey.removeSure", { name }))) return;
    const onSuccess = () => notifyDone(t("passkey.removed"));
    remove.mutateAsync(id).then(onSuccess, notifyError);
  };
  return (
    <li>
      <KeyRound size={16} aria-hidden="true" />
      <div className={styles.what}>
        <strong>{name}</strong>
        <span className={styles.hint}>
          {last_used_at
            ? t("passkey.lastUsed", { at: at(last_used_at) })
            : t("passkey.made", { at: at(made_at) })}
          {rp_id !== location.hostname && ` · ${t("passkey.elsewhere", { host: rp_id })}`}
        </span>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("passkey.rename", { name })}
        onClick={ask}
      >
        <Pencil size={15} />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("passkey.remove", { name })}
        loading={remove.isPending}
        onClick={drop}
      >
        <X size={16} />
      </ActionIcon>
    </li>
  );
}
