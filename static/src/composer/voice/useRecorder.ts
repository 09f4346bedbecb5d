import { useEffect, useRef, useState } from "react";

export type RecorderTrouble = "denied" | "missing";

interface Recording {
  recorder: MediaRecorder;
  stream: MediaStream;
  /** The microphone's level is read from here. */
  context: AudioContext;
  analyser: AnalyserNode;
}

// The first that this browser can write; the server makes OGG of each (Meta: voice notes are OGG with Opus).
const types = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const tickMs = 100;

export function canRecord(): boolean {
  return typeof MediaRecorder !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);
}

async function begin(onDone: (chunks: Blob[], type: string) => void): Promise<Recording> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {});
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => chunks.push(data);
  recorder.onstop = () => onDone(chunks, recorder.mimeType);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(stream).connect(analyser);
  recorder.start();
  return { recorder, stream, context, analyser };
}

function end({ recorder, stream, context }: Recording): void {
  if (recorder.state !== "inactive") recorder.stop();
  for (const track of stream.getTracks()) track.stop();
  context.close();
}

/** How loud it is now, from 0 to 1. */
function levelOf(analyser: AnalyserNode): number {
  const samples = new Uint8Array(analyser.fftSize);
  analyser.getByteTimeDomainData(samples);
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample - 128) / 128), 0);
}

/** Records from the microphone; `onRecorded` gets the file, unless the recording is thrown away. */
export function useRecorder(onRecorded: (file: File) => void) {
  const current = useRef<Recording | null>(null);
  const kept = useRef(true);
  const done = useRef(onRecorded);
  done.current = onRecorded;
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [level, setLevel] = useState(0);
  const [seconds, setSeconds] = useState(0);
  const [trouble, setTrouble] = useState<RecorderTrouble | null>(null);

  const stop = (keep: boolean) => {
    kept.current = keep;
    if (current.current) end(current.current);
    current.current = null;
    setStartedAt(null);
  };
  const start = async () => {
    setTrouble(null);
    kept.current = true;
    try {
      current.current = await begin((chunks, type) => {
        if (kept.current) done.current(new File(chunks, "voice", { type }));
      });
      setSeconds(0);
      setStartedAt(Date.now());
    } catch (error) {
      setTrouble((error as Error).name === "NotFoundError" ? "missing" : "denied");
    }
  };
  useEffect(() => {
    if (startedAt === null) return;
    const timer = setInterval(() => {
      if (current.current) setLevel(levelOf(current.current.analyser));
      setSeconds(Math.floor((Date.now() - startedAt) / 1000));
    }, tickMs);
    return () => clearInterval(timer);
  }, [startedAt]);
  // Whoever leaves the conversation does not go on being recorded.
  useEffect(
    () => () => {
      kept.current = false;
      if (current.current) end(current.current);
    },
    [],
  );
  return { recording: startedAt !== null, seconds, level, trouble, start, stop };
}

export type Recorder = ReturnType<typeof useRecorder>;
