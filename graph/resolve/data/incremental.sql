-- What the resolution remembers of each document, so that one more costs in proportion to itself. A cache: the file
-- can go at any time. "kept" is the name under which it is attached to the registry.
-- state: what it is true for. known: the documents taken in, the stamp of their facts and the signatures of their
-- authorities. named: the keys of all that a document names. document: a number for each digest.
-- contribution: what a document says of each node (JSON, deflated); mention: which document names which node.
-- node: all contributions to it, added up. link: keys that a node shares with those it may be one with; the
-- key of an edge names both ends. block: where to look for edges. roster: members of the lists of séances.
-- judged: the pairs that a person judged when they were last applied. thing: what each cluster came to, by its key;
-- grp: the authority of a programme;
-- said: a hash of what documents tell of it. candidate: pairs for review. sought: the place that a programme is of, and the
-- key it had. header, deed, programme, part: what each document says of séances, acts, programmes and parts, and the
-- key that this came to. cites: the numbers of acts that a document cites.
CREATE TABLE IF NOT EXISTS kept.state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.document (
    number INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS kept.known (
    digest TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    authorities TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.named (
    digest TEXT PRIMARY KEY,
    keys BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS kept.contribution (
    digest TEXT NOT NULL,
    kind TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (digest, kind)
);
CREATE TABLE IF NOT EXISTS kept.mention (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (kind, signature, document)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.node (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (kind, signature)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.link (
    kind TEXT NOT NULL,
    signature TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (kind, signature, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.link_key ON link (kind, key);
CREATE TABLE IF NOT EXISTS kept.block (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (kind, key, signature)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.block_of ON block (kind, signature);
CREATE TABLE IF NOT EXISTS kept.roster (
    digest TEXT PRIMARY KEY,
    members BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS kept.judged (
    kind TEXT NOT NULL,
    verb TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    PRIMARY KEY (kind, verb, one, other)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.thing (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    grp TEXT,
    data TEXT NOT NULL,
    said BLOB NOT NULL,
    PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.thing_grp ON thing (kind, grp) WHERE grp IS NOT NULL;
CREATE TABLE IF NOT EXISTS kept.candidate (
    kind TEXT NOT NULL,
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.candidate_other ON candidate (kind, other);
CREATE TABLE IF NOT EXISTS kept.sought (
    signature TEXT NOT NULL,
    digest TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (signature, digest)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.sought_by ON sought (digest);
CREATE TABLE IF NOT EXISTS kept.header (
    signature TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    place TEXT NOT NULL,
    state TEXT NOT NULL,
    slug TEXT NOT NULL,
    key TEXT,
    version_of TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.header_place ON header (place);
CREATE INDEX IF NOT EXISTS kept.header_digest ON header (digest);
CREATE TABLE IF NOT EXISTS kept.deed (
    signature TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    place TEXT NOT NULL,
    number TEXT,
    title TEXT,
    ordinal INTEGER NOT NULL,
    grants TEXT NOT NULL,
    slug TEXT NOT NULL,
    cited_as TEXT,
    key TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.deed_place ON deed (place);
CREATE INDEX IF NOT EXISTS kept.deed_digest ON deed (digest);
CREATE INDEX IF NOT EXISTS kept.deed_cited ON deed (cited_as) WHERE cited_as IS NOT NULL;
CREATE TABLE IF NOT EXISTS kept.cites (
    cited_as TEXT NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (cited_as, digest)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.cites_by ON cites (digest);
CREATE TABLE IF NOT EXISTS kept.programme (
    digest TEXT NOT NULL,
    act INTEGER NOT NULL,
    position INTEGER NOT NULL,
    local_id TEXT NOT NULL,
    grp TEXT NOT NULL,
    data TEXT NOT NULL,
    key TEXT,
    PRIMARY KEY (digest, act, position)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.programme_grp ON programme (grp);
CREATE INDEX IF NOT EXISTS kept.programme_key ON programme (key);
CREATE TABLE IF NOT EXISTS kept.part (
    kind TEXT NOT NULL,
    natural TEXT NOT NULL,
    signature TEXT NOT NULL,
    digest TEXT NOT NULL,
    act INTEGER NOT NULL,
    local_id TEXT NOT NULL,
    slug TEXT NOT NULL,
    label TEXT,
    key TEXT,
    PRIMARY KEY (kind, signature)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept.part_natural ON part (kind, natural);
CREATE INDEX IF NOT EXISTS kept.part_digest ON part (digest);
CREATE INDEX IF NOT EXISTS kept.part_key ON part (kind, key) WHERE label IS NOT NULL;
