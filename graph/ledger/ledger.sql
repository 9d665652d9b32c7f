-- The fundings of a release as lines to select and add up: one line a funding and year it counts in (DESIGN §5).
-- Amounts are whole numbers of ten-thousandths of a euro, confidences of millionths, so that sums are exact.
CREATE TABLE figure (name TEXT PRIMARY KEY, value INTEGER);
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, label TEXT NOT NULL, kind TEXT NOT NULL, rank INTEGER NOT NULL);
CREATE TABLE spelling (
  thing INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (thing, text)
) WITHOUT ROWID;
CREATE TABLE act (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, title TEXT NOT NULL, date TEXT NOT NULL);
CREATE TABLE subject (thing INTEGER NOT NULL, act INTEGER NOT NULL, PRIMARY KEY (thing, act)) WITHOUT ROWID;
CREATE TABLE funding (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, evidence TEXT);
CREATE TABLE line (
  funding INTEGER NOT NULL, status TEXT NOT NULL, kind TEXT NOT NULL, year INTEGER NOT NULL, first INTEGER NOT NULL,
  last INTEGER NOT NULL, funder INTEGER, programme INTEGER, beneficiary INTEGER, amount INTEGER, confidence INTEGER,
  act INTEGER NOT NULL, part INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (funding, year)
) WITHOUT ROWID;
-- `place`: the latest year first, then the largest amount, those without amount last, then by beneficiary.
-- What all lines of a status add up to, as JSON (graph.ledger.totals).
CREATE TABLE total (status TEXT PRIMARY KEY, told TEXT NOT NULL);
-- What a part is a part of, however far above: the parties that the total names.
CREATE TABLE whole (part INTEGER NOT NULL, funder INTEGER, programme INTEGER, beneficiary INTEGER);
