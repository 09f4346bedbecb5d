import { CopyButton } from "@mantine/core";
import { Check, Copy } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Deed } from "../Deed";
import own from "./Exchange.module.css";

/** Where a system sends its webhooks: the whole address, to be copied. */
export function CopyAddress({ path }: { path: string }) {
  const { t } = useTranslation();
  const address = window.location.origin + path;
  return (
    <div className={own.address}>
      <span>{t("exchange.sendTo")}</span>
      <code>{address}</code>
      <CopyButton value={address}>
        {({ copied, copy }) => (
          <Deed label={t(copied ? "exchange.copied" : "exchange.copy")} onClick={copy}>
            {copied ? <Check size={15} /> : <Copy size={15} />}
          </Deed>
        )}
      </CopyButton>
    </div>
  );
}
