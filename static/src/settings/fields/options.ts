interface Option {
  key?: string;
  label: string;
}

/** One choice a line, as they are written. */
export function linesOf(options: readonly Option[]): string {
  return options.map(({ label }) => label).join("\n");
}

/**
 * The choices of the lines. One that is still called the same keeps its key; and where as many lines are left as there
 * were, one that is called otherwise is still the one of its line, so that what was chosen stays chosen.
 */
export function optionsOf(lines: string, before: readonly Option[]): Option[] {
  const labels = lines
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
  const byName = new Map(before.map((one) => [one.label, one.key]));
  const inPlace = labels.length === before.length;
  return labels.map((label, at) => {
    const there = before[at];
    const renamed = inPlace && there && !labels.includes(there.label) ? there.key : undefined;
    const key = byName.get(label) ?? renamed;
    return key ? { key, label } : { label };
  });
}
