import { Button, Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useShortTime } from "../../components/useShortTime";
import { wordsOf } from "../../thread/message/describe";
import styles from "./Crossing.module.css";
import type { Crossing } from "./useCrossing";

/** Shows what a colleague answered meanwhile, and asks what is to become of one's own words. */
export default function CrossingDialog({ crossing }: { crossing: Crossing }) {
  const { t, i18n } = useTranslation();
  const time = useShortTime();
  const { answers, typists, words, anyway, asDraft, asNote } = crossing;
  const names = [...new Set(answers.flatMap(({ author }) => author?.name ?? []))];
  const onlyTyping = typists.length > 0 && answers.length === 0;
  const list = new Intl.ListFormat(i18n.language);
  return (
    <Modal
      opened
      onClose={asDraft}
      title={t(onlyTyping ? "crossing.titleTyping" : "crossing.title")}
      closeButtonProps={{ "aria-label": t("action.close") }}
    >
      {onlyTyping ? (
        <p className={styles.words}>{t("crossing.typing", { names: list.format(typists) })}</p>
      ) : (
        <p className={styles.words}>
          {names.length > 0
            ? t("crossing.answered", { name: list.format(names) })
            : t("crossing.answeredBare")}
        </p>
      )}
      <ul className={styles.answers}>
        {answers.map((message) => (
          <li key={message.id} className={styles.answer}>
            <span className={styles.who}>
              {message.author?.name} {time(message.at)}
            </span>
            {wordsOf(message.content) || t(`kind.${message.kind}`)}
          </li>
        ))}
      </ul>
      {words && (
        <>
          <p className={styles.words}>{t("crossing.yours")}</p>
          <p className={styles.mine}>{words}</p>
        </>
      )}
      <div className={styles.deeds}>
        {asNote && (
          <Button variant="default" onClick={asNote}>
            {t("crossing.note")}
          </Button>
        )}
        <Button variant="default" onClick={anyway}>
          {t("crossing.anyway")}
        </Button>
        <Button data-autofocus onClick={asDraft}>
          {t("crossing.draft")}
        </Button>
      </div>
    </Modal>
  );
}
