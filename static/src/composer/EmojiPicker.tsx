import { EmojiPicker as Frimousse } from "frimousse";
import { useTranslation } from "react-i18next";
import classes from "./EmojiPicker.module.css";

// Our own copy, put beside the bundle by emojiData.plugin: the library would ask a CDN otherwise.
const emojiData = `${import.meta.env.BASE_URL}emoji`;

interface EmojiPickerProps {
  onSelect(emoji: string): void;
}

/** All emoji, searchable in the reader's language. Loaded when first opened. */
export default function EmojiPicker({ onSelect }: EmojiPickerProps) {
  const { t, i18n } = useTranslation();
  return (
    <Frimousse.Root
      className={classes.picker}
      locale={i18n.language === "en" ? "en" : "zh-hant"}
      emojibaseUrl={emojiData}
      columns={8}
      onEmojiSelect={({ emoji }) => onSelect(emoji)}
    >
      <Frimousse.Search
        className={classes.search}
        placeholder={t("composer.emoji.search")}
        aria-label={t("composer.emoji.search")}
        autoFocus
      />
      <Frimousse.Viewport className={classes.viewport}>
        <Frimousse.Loading className={classes.state}>
          {t("composer.emoji.loading")}
        </Frimousse.Loading>
        <Frimousse.Empty>
          <span className={classes.state}>{t("composer.emoji.none")}</span>
        </Frimousse.Empty>
        <Frimousse.List
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div {...props} className={classes.category}>
                {category.label}
              </div>
            ),
            Emoji: ({ emoji, ...props }) => (
              <button type="button" {...props} className={classes.emoji}>
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Frimousse.Viewport>
      <Frimousse.ActiveEmoji>
        {({ emoji }) => <div className={classes.label}>{emoji?.label ?? " "}</div>}
      </Frimousse.ActiveEmoji>
    </Frimousse.Root>
  );
}
