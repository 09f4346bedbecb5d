import { Button, Radio } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { notifyDone } from "../components/toasts";
import { useShortTime } from "../components/useShortTime";
import styles from "../imports/Imports.module.css";
import { More } from "./More";
import { type Pair, useApart, useLook, useMerge, usePairs } from "./queries";

/** Pairs that may be one person, side by side: which of the two stays is chosen by whoever merges them. */
export function Duplicates() {
  const { t } = useTranslation();
  const query = usePairs();
  const look = useLook();
  return (
    <>
      <p className={styles.hint}>{t("hygiene.about.duplicates")}</p>
      <Button
        variant="default"
        size="xs"
        loading={look.isPending}
        onClick={() =>
          look.mutate(undefined, { onSuccess: () => notifyDone(t("hygiene.looking")) })
        }
      >
        {t("hygiene.look")}
      </Button>
      <More query={query} empty={t("hygiene.empty.duplicates")}>
        <ul className={styles.list}>
          {query.data?.map((pair) => (
            <PairRow key={pair.id} pair={pair} />
          ))}
        </ul>
      </More>
    </>
  );
}

function PairRow({ pair }: { pair: Pair }) {
  const { t } = useTranslation();
  const [kept, setKept] = useState(older(pair));
  const [asking, setAsking] = useState(false);
  const merge = useMerge();
  const apart = useApart();
  const merged = kept === pair.one.contact.id ? pair.other.contact.id : pair.one.contact.id;
  const join = () =>
    merge.mutate({ kept, merged }, { onSuccess: () => notifyDone(t("hygiene.merged")) });
  return (
    <li className={styles.row}>
      <Radio.Group
        className={styles.words}
        label={pair.kinds.map((kind) => t(`hygiene.kind.${kind}`)).join(" · ")}
        value={kept}
        onChange={setKept}
      >
        {[pair.one, pair.other].map((twin) => (
          <Twin key={twin.contact.id} twin={twin} />
        ))}
      </Radio.Group>
      <div className={styles.deeds}>
        {asking ? (
          <Button size="xs" color="red" loading={merge.isPending} onClick={join}>
            {t("hygiene.mergeSure")}
          </Button>
        ) : (
          <Button size="xs" onClick={() => setAsking(true)}>
            {t("hygiene.merge")}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          loading={apart.isPending}
          onClick={() => apart.mutate(pair.id)}
        >
          {t("hygiene.apart")}
        </Button>
      </div>
    </li>
  );
}

function Twin({ twin }: { twin: Pair["one"] }) {
  const { t } = useTranslation();
  const time = useShortTime();
  const facts = [
    twin.contact.phone,
    t("hygiene.known", { time: time(twin.first_seen_at) }),
    twin.last_seen_at && t("hygiene.wrote", { time: time(twin.last_seen_at) }),
    t("hygiene.orders", { n: twin.orders }),
    t("hygiene.messages", { n: twin.messages }),
  ];
  return (
    <Radio
      mt={6}
      value={twin.contact.id}
      label={t("hygiene.stays", { name: twin.contact.name })}
      description={facts.filter(Boolean).join(" · ")}
    />
  );
}

/** The one that is known for longer stays, unless somebody chooses otherwise. */
function older({ one, other }: Pair): string {
  return (one.first_seen_at <= other.first_seen_at ? one : other).contact.id;
}
