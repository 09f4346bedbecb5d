import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { FailedNotice } from "../../components/states";
import { notifyDone } from "../../components/toasts";
import { SecretDialog } from "../keys/SecretDialog";
import styles from "../replies/Prepared.module.css";
import { SettingsPage } from "../SettingsPage";
import own from "./Exchange.module.css";
import { type Source, useSources, useSubscriptions } from "./queries";
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

interface Told {
  name: string;
  secret: string;
}

function Exchange() {
  const { t } = useTranslation();
  const sources = useSources();
  const subscriptions = useSubscriptions();
  const [adding, setAdding] = useState<"source" | "subscription" | null>(null);
  const [told, setTold] = useState<Told | null>(null);
  const close = () => setAdding(null);
  const connected = ({ name }: Source, secret: string | null) => {
    if (secret) setTold({ name, secret });
    else notifyDone(t("exchange.reading", { name }));
    close();
  };
  return (
    <div className={styles.sheet}>
      <Part name="sources" query={sources} onAdd={() => setAdding("source")}>
        {sources.data?.results.map((row) => (
          <SourceRow key={row.id} source={row} onSecret={setTold} />
        ))}
      </Part>
      <Part name="subscriptions" query={subscriptions} onAdd={() => setAdding("subscription")}>
        {subscriptions.data?.results.map((row) => (
          <SubscriptionRow key={row.id} subscription={row} onSecret={setTold} />
        ))}
      </Part>
      {adding === "source" && <SourceDialog onMade={connected} onClose={close} />}
      {adding === "subscription" && (
        <SubscriptionDialog
          onMade={(made) => {
            setTold(made);
            close();
          }}
          onClose={close}
        />
      )}
      {told && (
        <SecretDialog
          secret={told.secret}
          title={t("exchange.secretOf", { name: told.name })}
          onClose={() => setTold(null)}
        />
      )}
      <p className={`${styles.hint} ${own.more}`}>
        {t("exchange.api")} <Link href="/settings/keys">{t("exchange.keys")}</Link>
        {t("exchange.comma")}
        <a href="/api/v1/docs" target="_blank" rel="noreferrer">
          {t("exchange.docs")}
        </a>
      </p>
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
    <section className={own.part} aria-labelledby={`exchange-${name}`}>
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
