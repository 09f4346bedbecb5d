// How loud a voice note is over its length. Worked out in the browser: the server never decodes a customer's file.

/** Bars of a voice note, and thereby values of a waveform. */
export const bars = 44;
const kept = 200;
const known = new Map<string, Promise<number[] | null>>();
let queue: Promise<unknown> = Promise.resolve();

/** The loudest moment of each stretch, from 0 to 1 of the loudest of all. */
export function peaksOf(samples: Float32Array, count = bars): number[] {
  const stretch = Math.max(1, Math.floor(samples.length / count));
  const peaks = Array.from({ length: count }, (_, bar) => {
    let most = 0;
    const end = Math.min(samples.length, (bar + 1) * stretch);
    for (let at = bar * stretch; at < end; at += 1)
      most = Math.max(most, Math.abs(samples[at] ?? 0));
    return most;
  });
  const loudest = Math.max(...peaks);
  return loudest > 0 ? peaks.map((peak) => peak / loudest) : peaks;
}

async function decoded(url: string): Promise<number[] | null> {
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    if (!answer.ok) return null;
    // 8 kHz is plenty for bars, and a sixth of the work.
    const context = new OfflineAudioContext(1, 1, 8000);
    const sound = await context.decodeAudioData(await answer.arrayBuffer());
    return peaksOf(sound.getChannelData(0));
  } catch {
    return null;
  }
}

/** The waveform of a file, one after the other and each once; null when this browser cannot decode it. */
export function waveformOf(id: string, url: string): Promise<number[] | null> {
  const found = known.get(id);
  if (found) return found;
  const wave = queue.then(() => decoded(url));
  queue = wave;
  known.set(id, wave);
  // What did not come may come by its next address.
  wave.then((found) => found === null && known.get(id) === wave && known.delete(id));
  for (const [oldest] of known) {
    if (known.size <= kept) break;
    known.delete(oldest);
  }
  return wave;
}
