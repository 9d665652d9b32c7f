-- What the resolution remembers of each document, so that one more costs in proportion to itself.
-- document: a number for each digest. known: the documents taken in; local: signatures of their mentions, by place.
-- contribution: what a document says of each node (JSON, deflated); mention: which document names which node.
-- node: all contributions to it, added up. link: keys that a node shares with those it may be one with; the
-- key of an edge names both ends. block: where to look for edges. roster: members of the lists of séances.
-- judged: the pairs that a person judged when they were last applied.
CREATE TABLE IF NOT EXISTS document (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS known (
    digest TEXT PRIMARY KEY,
    local BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS contribution (
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (digest, kind)
);
CREATE TABLE IF NOT EXISTS mention (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (kind, signature, document)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS node (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (kind, signature)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (kind, signature, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_key ON link (kind, key);
CREATE TABLE IF NOT EXISTS block (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (kind, key, signature)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS block_of ON block (kind, signature);
CREATE TABLE IF NOT EXISTS roster (
    digest TEXT PRIMARY KEY,
    members BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS judged (
    kind TEXT NOT NULL,
    verb TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (kind, verb, one, other)
) WITHOUT ROWID;
