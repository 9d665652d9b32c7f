-- Once every document is in: an index for each way of asking.
CREATE UNIQUE INDEX item_iri ON item (iri) WHERE kind <> 'Passage';
CREATE INDEX item_document ON item (document) WHERE document IS NOT NULL;
CREATE INDEX name_folded ON name (folded);
CREATE INDEX name_item ON name (item);
CREATE INDEX facet_value ON facet (facet, value);
CREATE INDEX detail_value ON detail (detail, value);
INSERT INTO entry (entry) VALUES ('optimize');
INSERT INTO letters (letters) VALUES ('optimize');
