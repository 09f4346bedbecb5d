/** The mark of the favicon, in the colour of the text around it. */
export function Logo({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        fill="var(--k-accent)"
        d="M16 4C9 4 3 9 3 15c0 3 2 6 4 8l-1 5a1 1 0 0 0 1 1l6-3h3c7 0 13-5 13-11S23 4 16 4z"
      />
      <path d="M11 13h10M11 18h6" stroke="var(--k-surface)" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
