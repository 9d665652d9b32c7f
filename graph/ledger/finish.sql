-- From what is kept (kept.sql) to the lines. `fold` is graph.normal.fold, `unnamed` what to call a thing without a name.
INSERT INTO figure
SELECT column1, (SELECT COUNT(DISTINCT iri) FROM counted WHERE sort = column1)
FROM (VALUES ('acts'), ('sessions'), ('bodies'), ('organisations'), ('persons'));
INSERT INTO figure SELECT 'first', MIN(CAST(year AS INTEGER)) FROM counted WHERE sort = 'sessions' HAVING COUNT(*) > 0;
INSERT INTO figure SELECT 'last', MAX(CAST(year AS INTEGER)) FROM counted WHERE sort = 'sessions' HAVING COUNT(*) > 0;
INSERT INTO thing
SELECT NULL, iri, label, kind, ROW_NUMBER() OVER (ORDER BY fold(label), iri) FROM (
  SELECT party.iri AS iri, COALESCE((SELECT MIN(class) FROM named WHERE named.iri = party.iri), '') AS kind,
    COALESCE((SELECT MIN(text) FROM named WHERE named.iri = party.iri AND preferred),
             (SELECT MIN(text) FROM named WHERE named.iri = party.iri), unnamed(party.iri)) AS label
  FROM (SELECT funder AS iri FROM stated UNION SELECT beneficiary FROM stated UNION SELECT programme FROM stated
        UNION SELECT subject FROM about) AS party
  WHERE party.iri IS NOT NULL
);
INSERT OR IGNORE INTO spelling SELECT thing.id, named.text, as_asked(named.text) FROM thing JOIN named USING (iri);
INSERT INTO act SELECT NULL, act, COALESCE(MIN(title), ''), MIN(date) FROM dated GROUP BY act;
INSERT OR IGNORE INTO subject
SELECT thing.id, act.id FROM about JOIN act ON act.iri = about.act JOIN thing ON thing.iri = about.subject;
INSERT INTO funding SELECT NULL, iri, (SELECT MIN(evidence) FROM seen WHERE seen.funding = stated.iri) FROM stated;

CREATE TEMP TABLE single AS
SELECT funding.id AS funding, stated.iri AS iri, status, COALESCE(stated.kind, 'subsidy') AS kind, payer.id AS funder,
  frame.id AS programme, payee.id AS beneficiary, amount, confidence, yearly, part, first, last, act
FROM stated JOIN funding ON funding.iri = stated.iri
LEFT JOIN thing AS payer ON payer.iri = stated.funder
LEFT JOIN thing AS frame ON frame.iri = stated.programme
LEFT JOIN thing AS payee ON payee.iri = stated.beneficiary;
CREATE UNIQUE INDEX temp.single_iri ON single (iri);

-- An amount "par an" counts in each year of its period, fifteen at most; any other once, in its first year.
INSERT INTO line
WITH RECURSIVE step (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM step WHERE n < 14),
spanned AS (
  SELECT single.*, act.id AS decided, COALESCE(first, last, CAST(SUBSTR(act.date, 1, 4) AS INTEGER)) AS start,
    COALESCE(last, first, CAST(SUBSTR(act.date, 1, 4) AS INTEGER)) AS stop
  FROM single JOIN act ON act.iri = single.act
)
SELECT funding, status, kind, start + n, start, stop, funder, programme, beneficiary, amount, confidence, decided, part,
  ROW_NUMBER() OVER (ORDER BY start + n DESC, amount IS NULL, amount DESC,
    (SELECT rank FROM thing WHERE thing.id = beneficiary), funding)
FROM spanned JOIN step ON n = 0 OR (yearly AND start + n <= stop)
WHERE kind IN ('subsidy', 'contribution');

INSERT INTO whole
WITH RECURSIVE above (part, whole) AS (
  SELECT part, whole FROM part_of
  UNION SELECT above.part, part_of.whole FROM above JOIN part_of ON part_of.part = above.whole
)
SELECT DISTINCT part.funding, total.funder, total.programme, total.beneficiary
FROM above JOIN single AS part ON part.iri = above.part LEFT JOIN single AS total ON total.iri = above.whole;

CREATE INDEX line_status ON line (status, year);
-- What is added up of all lines of a status is read off this index alone.
CREATE INDEX line_sum ON line (status, part, funder, programme, beneficiary, amount);
CREATE INDEX line_place ON line (status, place);
CREATE INDEX line_funder ON line (funder);
CREATE INDEX line_programme ON line (programme);
CREATE INDEX line_beneficiary ON line (beneficiary);
CREATE INDEX act_date ON act (date, iri);
CREATE INDEX line_act ON line (act);
CREATE INDEX whole_part ON whole (part);
DROP TABLE single;
