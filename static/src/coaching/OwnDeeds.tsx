import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HeldReply, Message } from "../api/types";
import { useMe } from "../session/MeContext";
import { useThread } from "../thread/context";
import styles from "./Coaching.module.css";
import { heldForm, leftForm } from "./heldForms";
import { useHeldDeed } from "./queries";
import { WordsForm } from "./WordsForm";

const FORMS = ["revise", "comments"] as const;

/** What its author does with a reply: change it or take it back while it waits, write it anew once it was rejected. */
export function OwnDeeds({ held, message }: { held: HeldReply; message: Message }) {
  const { t } = useTranslation();
  const { actions, canReply } = useThread();
  const deed = useHeldDeed(held);
  const me = useMe();
  const [form, setForm] = useState(() => leftForm(me.id, held, FORMS));
  if (held.state === "rejected" || held.state === "withdrawn") {
    const again = canReply && message.kind === "text";
    return again ? (
      <div className={styles.deeds}>
        <Button variant="default" size="compact-sm" onClick={() => actions.edit(message)}>
          {t("coaching.rewrite")}
        </Button>
      </div>
    ) : null;
  }
  if (held.state !== "waiting") return null;
  if (form) {
    const { deed: name, place, revision } = form;
    const text = name === "revise" ? (message.content.text ?? "") : "";
    return (
      <WordsForm
        key={place}
        place={place}
        label={t(name === "revise" ? "coaching.yourText" : "coaching.comment")}
        text={text}
        send={t(name === "revise" ? "coaching.save" : "coaching.sendComment")}
        onSend={(words) =>
          deed.mutate(
            { deed: name, text: words, revision, place },
            { onSuccess: () => setForm(null) },
          )
        }
        onCancel={() => setForm(null)}
        busy={deed.isPending}
      />
    );
  }
  return (
    <div className={styles.deeds}>
      {held.editable && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => setForm(heldForm(held, "revise"))}
        >
          {t("coaching.revise")}
        </Button>
      )}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setForm(heldForm(held, "comments"))}
      >
        {t("coaching.comment")}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        loading={deed.isPending}
        onClick={() => deed.mutate({ deed: "withdraw" })}
      >
        {t("coaching.withdraw")}
      </Button>
    </div>
  );
}
