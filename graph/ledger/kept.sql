-- What the graphs say of fundings, kept beside the releases (graph.ledger.kept). Sorted, so that the same content is read
-- in the same order however it came. "" where nothing is said.
CREATE TABLE IF NOT EXISTS kept.state (version TEXT NOT NULL, release TEXT NOT NULL);
-- One row a funding: where copies differ, the least of what they say. part_of: (part, total).
CREATE TABLE IF NOT EXISTS kept.stated (
  iri TEXT PRIMARY KEY, status TEXT, kind TEXT, funder TEXT, programme TEXT, beneficiary TEXT, amount INTEGER,
  confidence INTEGER, first INTEGER, last INTEGER, act TEXT, yearly INTEGER NOT NULL, part INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.part_of (part TEXT, whole TEXT, PRIMARY KEY (part, whole)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.named (
  iri TEXT, text TEXT, preferred INTEGER, class TEXT, PRIMARY KEY (iri, text, preferred, class)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.dated (act TEXT, title TEXT, date TEXT, PRIMARY KEY (act, title, date)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.about (act TEXT, subject TEXT, PRIMARY KEY (act, subject)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kept.seen (funding TEXT, evidence TEXT, PRIMARY KEY (funding, evidence)) WITHOUT ROWID;
-- What the figures count: "acts", "sessions" (each with its year) …
CREATE TABLE IF NOT EXISTS kept.counted (iri TEXT, sort TEXT, year TEXT, PRIMARY KEY (iri, sort, year)) WITHOUT ROWID;
-- What the graph says, as it says it: several rows where two copies of an act say it differently.
CREATE TEMP TABLE told (funding TEXT NOT NULL, property TEXT NOT NULL, value NOT NULL);
