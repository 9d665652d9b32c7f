-- What the graphs tell of things, and how many tell it: the index is made of this, and of passages.
-- source: what was taken of a document, by its key ("=" and a name: a part of who is who); told.sort: "name", "detail", "facet", "kind" or
-- "weight" (how many documents tell its kind).
CREATE TABLE told.source (key TEXT PRIMARY KEY, stamp BLOB NOT NULL, packed BLOB NOT NULL);
CREATE TABLE told.node (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE);
CREATE TABLE told.told (
    node INTEGER NOT NULL, sort TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, n INTEGER NOT NULL,
    PRIMARY KEY (node, sort, key, value)
) WITHOUT ROWID;
