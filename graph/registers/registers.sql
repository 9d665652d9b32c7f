-- Index of the register files that the owner has given: names by which an entry is found, and where its seat is.
CREATE TABLE IF NOT EXISTS entry (
    register TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    siret TEXT,
    rna TEXT,
    insee TEXT,
    open INTEGER NOT NULL,
    PRIMARY KEY (register, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS form (
    words TEXT NOT NULL,
    register TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (words, register, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS seat (
    siren TEXT PRIMARY KEY,
    siret TEXT NOT NULL,
    insee TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS source (
    file TEXT PRIMARY KEY,
    label TEXT NOT NULL,
    rows INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    read_on TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS form_entry ON form (register, id);
