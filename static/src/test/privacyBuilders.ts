/** Asked for and not finished. */
export const erasure = {
  id: "e1",
  contact_id: "p1",
  region_id: 1,
  region: "Asia",
  asked_by: { id: 7, name: "Ben" },
  reason: "Request 4711",
  asked_at: "2026-03-01T08:00:00Z",
  finished_at: null as string | null,
  keys: ["ab"],
  rows: { "inbox.message": 12 },
  files: 2,
  checked: 12,
  digest: null as string | null,
  stuck_at: null as string | null,
  log: { began_line: 1, erased_line: null, seal_number: null, seal_digest: null },
};

/** Half made. */
export const anExport = {
  id: "x1",
  contact_id: "p1",
  state: "making",
  done: 40,
  total: 80,
  size: null as number | null,
  asked_at: "2026-03-01T08:00:00Z",
  expires_at: null as string | null,
};
