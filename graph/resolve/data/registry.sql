-- Identities minted so far. rank: order of minting; founder: the signature a key was first minted for.
CREATE TABLE IF NOT EXISTS entity (
    rank INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    founder TEXT NOT NULL,
    UNIQUE (kind, key)
);
CREATE TABLE IF NOT EXISTS signature (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (kind, signature)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS signature_key ON signature (kind, key);
CREATE TABLE IF NOT EXISTS redirect (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS redirect_target ON redirect (kind, target);
-- The last resolution that is remembered beside this file (see incremental.sql): what it remembers is true for no other.
CREATE TABLE IF NOT EXISTS remembered (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    generation TEXT NOT NULL
);
