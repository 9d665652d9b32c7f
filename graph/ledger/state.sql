-- From what was asked of fundings to one row each.
INSERT INTO kept.stated
SELECT funding,
  MIN(CASE property WHEN 'status' THEN value END), MIN(CASE property WHEN 'kind' THEN value END),
  MIN(CASE property WHEN 'funder' THEN value END), MIN(CASE property WHEN 'underProgramme' THEN value END),
  MIN(CASE property WHEN 'beneficiary' THEN value END), MIN(CASE property WHEN 'amount' THEN value END),
  MIN(CASE property WHEN 'confidence' THEN value END), MIN(CASE property WHEN 'startYear' THEN value END),
  MIN(CASE property WHEN 'endYear' THEN value END), MIN(CASE property WHEN 'decidedBy' THEN value END),
  COUNT(CASE property WHEN 'per' THEN 1 END) > 0, COUNT(CASE property WHEN 'partOf' THEN 1 END) > 0
FROM told GROUP BY funding;
INSERT OR IGNORE INTO kept.part_of SELECT funding, value FROM told WHERE property = 'partOf';
