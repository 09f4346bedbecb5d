CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS number (
    phone_number_id TEXT PRIMARY KEY,
    waba_id TEXT NOT NULL,
    portfolio_id TEXT NOT NULL,
    display_phone_number TEXT NOT NULL,
    verified_name TEXT NOT NULL,
    app_secret TEXT NOT NULL,
    access_token TEXT NOT NULL,
    token_state TEXT NOT NULL,          -- valid | expired | revoked | no_permission
    webhook_url TEXT NOT NULL,
    verify_token TEXT NOT NULL,
    handshake TEXT NOT NULL,            -- none | pending | verified
    handshake_error TEXT,
    quality_rating TEXT NOT NULL,
    throughput_mps INTEGER NOT NULL,
    created_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS number_by_token ON number (access_token);
CREATE INDEX IF NOT EXISTS number_by_waba ON number (waba_id);

CREATE TABLE IF NOT EXISTS subscription (
    waba_id TEXT PRIMARY KEY,
    override_uri TEXT NOT NULL,
    verify_token TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS customer (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    phone TEXT NOT NULL UNIQUE,
    wa_id TEXT NOT NULL UNIQUE,
    username TEXT UNIQUE,
    country TEXT NOT NULL,
    language TEXT NOT NULL,
    hide_phone INTEGER NOT NULL,
    online INTEGER NOT NULL,
    read_receipts INTEGER NOT NULL,
    blocks TEXT NOT NULL,               -- JSON list of phone_number_ids the customer blocked
    created_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS customer_by_creation ON customer (created_at);

CREATE TABLE IF NOT EXISTS bsuid (
    portfolio_id TEXT NOT NULL,
    customer TEXT NOT NULL,
    value TEXT NOT NULL UNIQUE,
    PRIMARY KEY (portfolio_id, customer)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS message (
    id INTEGER PRIMARY KEY,
    wamid TEXT NOT NULL UNIQUE,
    number TEXT NOT NULL,
    customer TEXT,                      -- NULL: the recipient is not on the platform
    direction TEXT NOT NULL,            -- in: from the customer; out: from the business
    kind TEXT NOT NULL,
    content TEXT NOT NULL,              -- JSON: the object which stands under the kind's name
    context TEXT,                       -- JSON: quoted id, forwarded, referral
    at REAL NOT NULL,
    status TEXT NOT NULL,
    statuses TEXT NOT NULL,             -- JSON: {status: at}
    recipient TEXT,                     -- JSON: {"phone": …} or {"bsuid": …}, as addressed
    correlation TEXT,                   -- biz_opaque_callback_data
    pricing TEXT,                       -- JSON, once known
    error TEXT                          -- JSON {code, details}
);
CREATE INDEX IF NOT EXISTS message_by_chat ON message (customer, number, at, id);
CREATE INDEX IF NOT EXISTS message_by_number ON message (number, at);

CREATE TABLE IF NOT EXISTS reaction (
    wamid TEXT NOT NULL,
    side TEXT NOT NULL,                 -- customer | business
    emoji TEXT NOT NULL,
    PRIMARY KEY (wamid, side)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS media (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL,
    mime_type TEXT NOT NULL,
    sha256 TEXT NOT NULL,               -- hex
    size INTEGER NOT NULL,
    name TEXT,
    problem TEXT,                       -- why sending it will fail with 131053
    expires_at REAL NOT NULL,
    bytes BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS media_url (
    token TEXT PRIMARY KEY,
    media TEXT NOT NULL,
    expires_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS media_url_by_expiry ON media_url (expires_at);

CREATE TABLE IF NOT EXISTS template (
    id TEXT PRIMARY KEY,
    waba_id TEXT NOT NULL,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    category TEXT NOT NULL,
    status TEXT NOT NULL,
    components TEXT NOT NULL,
    UNIQUE (waba_id, name, language)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS timer (
    id INTEGER PRIMARY KEY,
    due_at REAL NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS timer_by_due ON timer (due_at, id);
CREATE INDEX IF NOT EXISTS timer_by_subject ON timer (kind, subject);

CREATE TABLE IF NOT EXISTS delivery (
    id INTEGER PRIMARY KEY,
    number TEXT NOT NULL,
    lane TEXT NOT NULL,                 -- deliveries of one lane go out in order at first
    wamid TEXT,                         -- the inbound message it carries, if any
    label TEXT NOT NULL,
    body BLOB NOT NULL,
    signature TEXT NOT NULL,            -- good | wrong | missing | truncated | upper
    state TEXT NOT NULL,                -- pending | delivered | dropped
    attempts INTEGER NOT NULL,
    due_at REAL NOT NULL,
    created_at REAL NOT NULL,
    answered INTEGER,
    failure TEXT
);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, due_at, id);
CREATE INDEX IF NOT EXISTS delivery_lane ON delivery (state, number, lane, id);

CREATE TABLE IF NOT EXISTS attempt (
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL,
    at REAL NOT NULL,
    milliseconds REAL NOT NULL,
    answered INTEGER,
    failure TEXT
);
CREATE INDEX IF NOT EXISTS attempt_by_delivery ON attempt (delivery);

CREATE TABLE IF NOT EXISTS call (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    number TEXT,
    status INTEGER NOT NULL,
    milliseconds REAL NOT NULL,
    detail TEXT NOT NULL                -- JSON: query, body, answer, warnings, fault
);

CREATE TABLE IF NOT EXISTS fault (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    remaining INTEGER NOT NULL,
    detail TEXT NOT NULL
);

CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL,                 -- number | account | portfolio | template | flow | entry | incident | …
    id TEXT NOT NULL,
    detail TEXT NOT NULL,               -- JSON: what differs from the defaults of its kind
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS reach (
    portfolio_id TEXT NOT NULL,
    user TEXT NOT NULL,                 -- reached outside an open window
    at REAL NOT NULL,
    PRIMARY KEY (portfolio_id, user)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reach_by_time ON reach (portfolio_id, at);

CREATE TABLE IF NOT EXISTS block (
    number TEXT NOT NULL,               -- the business blocked this customer
    customer TEXT NOT NULL,
    at REAL NOT NULL,
    PRIMARY KEY (number, customer)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS act (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    kind TEXT NOT NULL,                 -- stop_marketing, change_number, block, report, ...
    customer TEXT NOT NULL,
    number TEXT,                        -- NULL: it concerns every business
    detail TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS act_by_customer ON act (customer, kind, at);

CREATE TABLE IF NOT EXISTS habit (
    customer TEXT PRIMARY KEY,
    detail TEXT NOT NULL                -- JSON: device, identity hash, how soon this person reads and answers
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS coexistence (
    phone_number_id TEXT PRIMARY KEY,   -- the number is used from the phone app too
    since REAL NOT NULL
) WITHOUT ROWID;
