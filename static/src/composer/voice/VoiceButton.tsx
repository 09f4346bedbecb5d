import { Mic, Square, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../session/MeContext";
import { duration } from "../../thread/message/mediaBox";
import classes from "../Composer.module.css";
import { canRecord, type Recorder, useRecorder } from "./useRecorder";
import voice from "./Voice.module.css";

/** Records a voice note; it comes into the tray, to be heard before it is sent. */
export function VoiceButton({ onVoice }: { onVoice(file: File): void }) {
  const { t } = useTranslation();
  const recorder = useRecorder(useMe().voice_seconds, onVoice);
  if (!canRecord()) return null;
  if (recorder.recording) return <Running recorder={recorder} />;
  return (
    <>
      <button
        type="button"
        className={classes.tool}
        onClick={recorder.start}
        aria-label={t("compose.voice.record")}
        title={t("compose.voice.record")}
      >
        <Mic size={19} />
      </button>
      {recorder.trouble && (
        <span className={voice.trouble} role="alert">
          {t(`compose.voice.${recorder.trouble}`)}
        </span>
      )}
    </>
  );
}

function Running({ recorder }: { recorder: Recorder }) {
  const { t } = useTranslation();
  return (
    <span className={voice.recording}>
      <span
        className={voice.level}
        style={{ transform: `scale(${0.6 + recorder.level * 0.7})` }}
        aria-hidden="true"
      />
      <span className={voice.time}>
        {t("compose.voice.recording", { time: duration(recorder.seconds) })}
      </span>
      <button
        type="button"
        className={classes.tool}
        onClick={() => recorder.stop(true)}
        aria-label={t("compose.voice.stop")}
        title={t("compose.voice.stop")}
      >
        <Square size={17} fill="currentColor" />
      </button>
      <button
        type="button"
        className={classes.tool}
        onClick={() => recorder.stop(false)}
        aria-label={t("compose.voice.cancel")}
        title={t("compose.voice.cancel")}
      >
        <Trash2 size={17} />
      </button>
    </span>
  );
}
