-- Every signature that stands, by itself or through a redirect, for a key of one of those asked for (a JSON list).
WITH asked (signature) AS (SELECT value FROM json_each(:signatures)),
mine (key) AS (SELECT s.key FROM asked CROSS JOIN signature AS s ON s.kind = :kind AND s.signature = asked.signature),
roots (key) AS (
    SELECT key FROM mine
    UNION
    SELECT r.target FROM mine CROSS JOIN redirect AS r ON r.kind = :kind AND r.key = mine.key
),
every (key) AS (
    SELECT key FROM roots
    UNION
    SELECT r.key FROM roots CROSS JOIN redirect AS r ON r.kind = :kind AND r.target = roots.key
)
SELECT s.signature FROM every CROSS JOIN signature AS s ON s.kind = :kind AND s.key = every.key
UNION
SELECT signature FROM asked
