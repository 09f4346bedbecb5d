const LOUDEST = 0.16;

/** Two soft tones, made here so that no file is loaded. `volume` from 0 to 100. */
export function chime(volume: number): void {
  if (volume <= 0 || typeof AudioContext === "undefined") return;
  const audio = new AudioContext();
  const gain = audio.createGain();
  gain.connect(audio.destination);
  gain.gain.setValueAtTime((LOUDEST * Math.min(volume, 100)) / 100, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.0005, audio.currentTime + 0.35);
  for (const [pitch, start] of [
    [660, 0],
    [880, 0.12],
  ] as const) {
    const tone = audio.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(gain);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + 0.4);
  }
  setTimeout(() => audio.close(), 600);
}
