-- What the graphs of the whole are made of. A cache: the file can go at any time.
-- said: what each document says, with its stamp. named: how many documents name a thing. sat: what the rosters of a
-- document say of an organ. award: what is awarded that concerns a thing. unit: a thing, or the memberships of an organ:
-- a hash of all that it is made from, what it tells the search index, whether it is a local authority. line: the lines
-- of a unit in a graph (0: identities, 1: matches), by the subject as it is written. made: the digest of each graph.
CREATE TABLE IF NOT EXISTS said (document TEXT PRIMARY KEY, stamp BLOB, plain BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS named (kind TEXT, key TEXT, n INTEGER NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sat (organ TEXT, document TEXT, plain BLOB NOT NULL, PRIMARY KEY (organ, document)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS award (
    kind TEXT, key TEXT, document TEXT, funding TEXT, euros TEXT NOT NULL, PRIMARY KEY (kind, key, document, funding)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS unit (
    kind TEXT, key TEXT, stamp BLOB NOT NULL, told BLOB NOT NULL, authority INTEGER NOT NULL, PRIMARY KEY (kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS unit_authority ON unit (key) WHERE authority;
CREATE TABLE IF NOT EXISTS line (
    graph INTEGER, subject TEXT, kind TEXT, key TEXT, lines BLOB NOT NULL, PRIMARY KEY (graph, subject, kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS line_unit ON line (kind, key);
CREATE TABLE IF NOT EXISTS made (graph INTEGER PRIMARY KEY, digest TEXT NOT NULL);
