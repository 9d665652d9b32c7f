-- Full-text index of a release. kind: last part of the class ("Organisation", "Deliberation", "Passage" …);
-- for a passage, document, start and finish say where it is in the published text. Accents are folded by the
-- tokenizer, the ligatures œ and æ before.
CREATE VIRTUAL TABLE entry USING fts5 (
    label, body,
    iri UNINDEXED, kind UNINDEXED, document UNINDEXED, start UNINDEXED, finish UNINDEXED,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
