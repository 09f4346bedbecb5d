import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "../contacts/Contact.module.css";
import { ConsentSection } from "./ConsentSection";
import { CasesSection, FilesSection, LinksSection, PurchasesSection } from "./Entries";
import { FieldsSection } from "./FieldsSection";
import { Highlights } from "./Highlights";
import type { useCard } from "./queries";
import { TagsSection } from "./TagsSection";
import "./words";

type CardQuery = ReturnType<typeof useCard>;

/** What comes before who it is: highlights and tags. */
export function CardTop({ query, conversationId }: { query: CardQuery; conversationId?: string }) {
  const { t } = useTranslation();
  if (query.data) {
    return (
      <>
        <Highlights card={query.data} />
        <TagsSection card={query.data} conversationId={conversationId} />
      </>
    );
  }
  if (!query.isError) return null;
  return (
    <p className={styles.empty} role="alert">
      {t("card.failed")}{" "}
      <Button variant="default" size="compact-sm" onClick={() => query.refetch()}>
        {t("action.retry")}
      </Button>
    </p>
  );
}

/** What they bought, what there was with them, and what was sent. */
export function CardRest({ query }: { query: CardQuery }) {
  const card = query.data;
  if (!card) return null;
  return (
    <>
      <PurchasesSection card={card} />
      <CasesSection card={card} />
      <FilesSection card={card} />
      <LinksSection card={card} />
    </>
  );
}

/** What they agreed to, and what the region wants to know. */
export function CardFields({ query }: { query: CardQuery }) {
  const card = query.data;
  if (!card) return null;
  return (
    <>
      <ConsentSection card={card} />
      <FieldsSection card={card} />
    </>
  );
}
