import { type RefObject, useEffect, useRef, useState } from "react";

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

/** How long it runs and how loud it is; at the longest that is allowed it stops. */
function useClock(
  startedAt: number | null,
  current: RefObject<Recording | null>,
  mostSeconds: number,
  stop: () => void,
) {
  const [level, setLevel] = useState(0);
  const [seconds, setSeconds] = useState(0);
  const stopNow = useRef(stop);
  stopNow.current = stop;
  useEffect(() => {
    setSeconds(0);
    if (startedAt === null) return;
    const timer = setInterval(() => {
      if (current.current) setLevel(levelOf(current.current.analyser));
      const passed = Math.floor((Date.now() - startedAt) / 1000);
      setSeconds(passed);
      if (passed >= mostSeconds) stopNow.current();
    }, tickMs);
    return () => clearInterval(timer);
  }, [startedAt, current, mostSeconds]);
  return { seconds, level };
}

/**
 * Records from the microphone for as long as the server takes; `onRecorded` gets the file, unless the recording is
 * thrown away.
 */
export function useRecorder(mostSeconds: number, onRecorded: (file: File) => void) {
  const current = useRef<Recording | null>(null);
  const kept = useRef(true);
  const asking = useRef(false);
  const here = useRef(true);
  const done = useRef(onRecorded);
  done.current = onRecorded;
  const [startedAt, setStartedAt] = useState<number | null>(null);
  const [trouble, setTrouble] = useState<RecorderTrouble | null>(null);

  const stop = (keep: boolean) => {
    kept.current = keep;
    if (current.current) end(current.current);
    current.current = null;
    setStartedAt(null);
  };
  const { seconds, level } = useClock(startedAt, current, mostSeconds, () => stop(true));
  const start = async () => {
    // A second press while the browser still asks for the microphone starts nothing.
    if (asking.current || current.current) return;
    setTrouble(null);
    kept.current = true;
    asking.current = true;
    try {
      const made = await begin((chunks, type) => {
        if (kept.current) done.current(new File(chunks, "voice", { type }));
      });
      // Whoever left while the browser asked is not recorded.
      if (!here.current) {
        kept.current = false;
        return end(made);
      }
      current.current = made;
      setStartedAt(Date.now());
    } catch (error) {
      setTrouble((error as Error).name === "NotFoundError" ? "missing" : "denied");
    } finally {
      asking.current = false;
    }
  };
  // Whoever leaves the conversation does not go on being recorded.
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      kept.current = false;
      if (current.current) end(current.current);
    };
  }, []);
  return { recording: startedAt !== null, seconds, level, trouble, start, stop };
}

export type Recorder = ReturnType<typeof useRecorder>;
