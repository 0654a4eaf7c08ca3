-- The oracle for questions that ask for a number or a day: for each standing claim, with how many
-- others it conflicts, and for its question the least number of points that lie in every claim's
-- interval. The text runs as it is in SQLite and in DuckDB, which the tests ask, and gave the same in
-- Spark 4.3. It knows nothing of `as_of`.
WITH RECURSIVE ends AS (
    SELECT
        question,
        id AS claim,
        0 AS is_high,
        coalesce(low, CAST(replace(earliest, '-', '') AS DOUBLE), -1e300) AS edge,
        coalesce(low_open, 0) AS side
    FROM claims
    WHERE kind IN ('quantity', 'date') AND value IS NOT NULL
        AND status NOT IN ('retracted', 'superseded')
    UNION ALL
    SELECT
        question,
        id,
        1,
        coalesce(high, CAST(replace(latest, '-', '') AS DOUBLE), 1e300),
        -coalesce(high_open, 0)
    FROM claims
    WHERE kind IN ('quantity', 'date') AND value IS NOT NULL
        AND status NOT IN ('retracted', 'superseded')
),
ranked AS (
    SELECT
        question,
        claim,
        is_high,
        dense_rank() OVER (PARTITION BY question ORDER BY edge, side) AS place
    FROM ends
),
swept AS (
    -- Where a low and a high fall together the intervals meet: the low comes first.
    SELECT
        question,
        claim,
        is_high,
        place,
        sum(is_high) OVER (PARTITION BY question ORDER BY place, is_high) AS highs,
        sum(1 - is_high) OVER (PARTITION BY question ORDER BY place, is_high) AS lows,
        sum(1 - is_high) OVER (PARTITION BY question) AS everybody
    FROM ranked
),
spans AS (
    SELECT
        question,
        claim,
        max(CASE WHEN is_high = 0 THEN place END) AS low,
        max(CASE WHEN is_high = 1 THEN place END) AS high,
        sum(CASE WHEN is_high = 0 THEN highs ELSE everybody - lows END) AS degree
    FROM swept
    GROUP BY question, claim
),
points AS (
    SELECT question, min(high) AS place FROM spans GROUP BY question
    UNION ALL
    SELECT
        points.question,
        (
            SELECT min(spans.high) FROM spans
            WHERE spans.question = points.question AND spans.low > points.place
        )
    FROM points
    WHERE points.place IS NOT NULL
),
stories AS (SELECT question, count(place) AS stories FROM points GROUP BY question)
SELECT spans.question, spans.claim, spans.degree, stories.stories
FROM spans JOIN stories ON stories.question = spans.question
ORDER BY spans.claim
