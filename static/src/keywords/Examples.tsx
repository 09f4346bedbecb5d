import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailedNotice } from "../components/states";
import { MessageHit } from "../search/Hits";
import styles from "./Keywords.module.css";
import { useExamples } from "./queries";
import "../search/words";

interface ExamplesProps {
  term: string;
  text: string;
  days: number;
}

/** Messages of customers with the term; opened for this reader now, and kept nowhere. */
export function Examples({ term, text, days }: ExamplesProps) {
  const { t } = useTranslation();
  const found = useExamples(term, days);
  const { data = [], isError, error, isPending, hasNextPage, isFetchingNextPage } = found;
  return (
    <section aria-labelledby="keyword-examples">
      <h3 id="keyword-examples" className={styles.groupName}>
        {t("keywords.examples", { count: days })}
      </h3>
      {isError && data.length === 0 && (
        <FailedNotice error={error} onRetry={() => found.refetch()} />
      )}
      {isPending && <p className={styles.hint}>{t("keywords.loading")}</p>}
      {!isPending && !isError && data.length === 0 && (
        <p className={styles.hint}>{t("keywords.noExamples")}</p>
      )}
      <ul className={styles.list}>
        {data.map((hit) => (
          <MessageHit key={hit.id} hit={hit} asked={{ q: `"${text}"`, direction: "in" }} />
        ))}
      </ul>
      {hasNextPage && (
        <Button
          variant="default"
          size="compact-md"
          loading={isFetchingNextPage}
          onClick={() => found.fetchNextPage()}
        >
          {t("keywords.moreExamples")}
        </Button>
      )}
    </section>
  );
}
