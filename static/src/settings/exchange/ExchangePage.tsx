import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../../components/states";
import { SecretDialog } from "../keys/SecretDialog";
import styles from "../replies/Prepared.module.css";
import { SettingsPage } from "../SettingsPage";
import { DeliveriesDialog } from "./DeliveriesDialog";
import { type Subscription, useSources, useSubscriptions } from "./queries";
import { SourceDialog } from "./SourceDialog";
import { SourceRow } from "./SourceRow";
import { SubscriptionDialog } from "./SubscriptionDialog";
import { SubscriptionRow } from "./SubscriptionRow";
import "./words";
import "../keys/words";
import "../../mantineLater";

/** Systems that tell us of customers and orders, shops that are read, and addresses that are told what happens. */
export default function ExchangePage() {
  return (
    <SettingsPage section="exchange">
      <Exchange />
    </SettingsPage>
  );
}

type Open = "source" | "subscription" | Subscription;

function Exchange() {
  const { t } = useTranslation();
  const sources = useSources();
  const subscriptions = useSubscriptions();
  const [open, setOpen] = useState<Open | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setOpen(null);
  const made = (told: string) => {
    setSecret(told);
    close();
  };
  return (
    <div className={styles.sheet}>
      <Part name="sources" query={sources} onAdd={() => setOpen("source")}>
        {sources.data?.results.map((row) => (
          <SourceRow key={row.id} source={row} />
        ))}
      </Part>
      <Part name="subscriptions" query={subscriptions} onAdd={() => setOpen("subscription")}>
        {subscriptions.data?.results.map((row) => (
          <SubscriptionRow key={row.id} subscription={row} onLog={() => setOpen(row)} />
        ))}
      </Part>
      {open === "source" && <SourceDialog onMade={made} onClose={close} />}
      {open === "subscription" && <SubscriptionDialog onMade={made} onClose={close} />}
      {open !== null && typeof open === "object" && (
        <DeliveriesDialog subscription={open} onClose={close} />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
      <p className={styles.hint}>{t("exchange.api")}</p>
    </div>
  );
}

interface PartProps {
  name: "sources" | "subscriptions";
  query: UseQueryResult<{ results: unknown[] }>;
  onAdd(): void;
  children: ReactNode;
}

function Part({ name, query, onAdd, children }: PartProps) {
  const { t } = useTranslation();
  const { data, isPending, isError, error, refetch } = query;
  return (
    <section aria-labelledby={`exchange-${name}`}>
      <div className={styles.head}>
        <h2 className={styles.title} id={`exchange-${name}`}>
          {t(`exchange.${name}.title`)}
        </h2>
        <Button leftSection={<Plus size={15} />} disabled={!data} onClick={onAdd}>
          {t(`exchange.${name}.add`)}
        </Button>
      </div>
      <p className={styles.hint}>{t(`exchange.${name}.hint`)}</p>
      {isPending && <p className={styles.hint}>{t("exchange.loading")}</p>}
      {isError && !data && <FailedNotice error={error} onRetry={() => refetch()} />}
      {data?.results.length === 0 && <p className={styles.hint}>{t(`exchange.${name}.none`)}</p>}
      {data && data.results.length > 0 && <ul className={styles.rows}>{children}</ul>}
    </section>
  );
}
