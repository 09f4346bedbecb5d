import { useRef, useState } from "react";

const speeds = [1, 1.5, 2];

/** An audio element's state, and what can be done with it. */
export function usePlayer(src: string, onLost: () => void) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(Number.NaN);
  const [speed, setSpeed] = useState(1);
  // By its address: another one is another try.
  const [lost, setLost] = useState<string | null>(null);
  const broken = lost === src;
  const breaks = () => {
    setLost(src);
    onLost();
  };
  const toggle = () => {
    if (playing) audio.current?.pause();
    else audio.current?.play().catch(breaks);
  };
  const seek = (seconds: number) => {
    if (audio.current) audio.current.currentTime = seconds;
    setAt(seconds);
  };
  const nextSpeed = () => {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    if (audio.current) audio.current.playbackRate = next;
    setSpeed(next);
  };
  const events = {
    onPlay: () => setPlaying(true),
    onPause: () => setPlaying(false),
    onEnded: () => setPlaying(false),
    onTimeUpdate: () => setAt(audio.current?.currentTime ?? 0),
    onDurationChange: () => setLength(audio.current?.duration ?? Number.NaN),
    onError: breaks,
  };
  return { audio, playing, at, length, speed, broken, toggle, seek, nextSpeed, events };
}

export type PlayerState = ReturnType<typeof usePlayer>;
