-- The search index of a release. `item` holds what can be found: things (an act, an organisation, a person …) by their
-- names, and passages, the paragraphs of the published texts. `entry` is its full-text index, under the same numbers.
--
--   item.kind      last part of the class ("Organisation", "Deliberation" …), or "Passage"
--   item.iri       of the thing; of a passage, that of its document
--   item.document  key of the document, of a passage; start and finish are offsets in the published text, and
--                  quote_start, quote_end those of the first evidence in it
--   item.weight    in how many documents the thing is named
--   name           every name of a thing, as written and folded (graph.normal), rank 0 the preferred one
--   facet          what a search can be narrowed by: authority, year, family, status; and "kind" of the item
--   detail         what tells a thing from its namesakes: class, siren, rna, insee, sigle, given, family name, years
CREATE TABLE item (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, iri TEXT NOT NULL, label TEXT NOT NULL, body TEXT NOT NULL DEFAULT '',
    document TEXT, start INTEGER, finish INTEGER, quote_start INTEGER, quote_end INTEGER, weight INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE name (item INTEGER NOT NULL, rank INTEGER NOT NULL, text TEXT NOT NULL, folded TEXT NOT NULL);
CREATE TABLE facet (
    facet TEXT NOT NULL, value TEXT NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (item, facet, value)
) WITHOUT ROWID;
CREATE TABLE detail (
    item INTEGER NOT NULL, detail TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (item, detail, value)
) WITHOUT ROWID;
-- Texts are stored folded, so that accents and ligatures do not count; `stems` are the same words without plural or
-- feminine endings (stems.toml).
CREATE VIRTUAL TABLE entry USING fts5 (
    label, names, body, stems, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
-- Names by runs of three letters, to find one that is misspelt.
CREATE VIRTUAL TABLE letters USING fts5 (names, content = '', tokenize = 'trigram', detail = 'none');
