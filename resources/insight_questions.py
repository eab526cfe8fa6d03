"""The questions behind the insights, in SQL over the warehouse's views.

Opening a table's files takes longer than counting their rows. So each table is read once, into
temporary tables of what is asked of it:

    known      every job, with its day
    items      an item of a job: what came of it in its pipeline's first table, and its size
    pictures   rows of tables that publish pictures, or that somebody was paid for
    troubles   items of which a table has no ready row
    decided    the newest decision about each picture

The questions ask these, and two more that are made for each filter:

    chosen     the jobs that are meant
    outcomes   the items of these jobs, with what came of them in the end

Names of tables and columns come from declarations in code; everything that somebody chose is a
bound parameter.
"""

from collections.abc import Iterable, Iterator

from media.pipeline import Pipeline
from media.tables import Table

_ULID_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_ULID_TIME_DIGITS = 10
_STYLES = ("style", "version")
"""Columns that say in which manner a picture was made."""

_MADE_AT_MS = " + ".join(
    f"(strpos('{_ULID_DIGITS}', substr(job, {place}, 1)) - 1) * {32 ** (_ULID_TIME_DIGITS - place)}"
    for place in range(1, _ULID_TIME_DIGITS + 1)
)
"""A job's id begins with its time, UTC, in milliseconds."""

_BINS = 24

KNOWN = f"""
    CREATE TEMP TABLE known AS
    SELECT *, CAST(epoch_ms(CAST({_MADE_AT_MS} AS BIGINT)) AS DATE) AS day
    FROM (
        SELECT job, pipeline, owner, project FROM jobs
        UNION ALL
        -- Jobs that are older than the table of jobs.
        SELECT DISTINCT job, pipeline, 'local', NULL FROM items
        WHERE job NOT IN (SELECT job FROM jobs)
    )
"""  # noqa: S608 - of constants

DECIDED = """
    CREATE TEMP TABLE decided AS
    SELECT key, arg_max(decision, (decided_at, job, item)) AS decision
    FROM reviews GROUP BY key
"""

CHOSEN = """
    CREATE OR REPLACE TEMP TABLE chosen AS
    SELECT job, pipeline, project, day, day < $since AS is_before
    FROM known
    WHERE day >= $before
      AND ($owner IS NULL OR owner = $owner)
      AND ($pipeline IS NULL OR pipeline = $pipeline)
      AND ($project IS NULL OR project = $project)
"""
"""Parameters: `owner`, `pipeline` and `project`, null for any; `since` and `before`, the first days
of the period and of the one before it."""

OUTCOMES = """
    CREATE OR REPLACE TEMP TABLE outcomes AS
    WITH first_troubles AS (
        SELECT job, item, arg_min(status, place) AS status,
               arg_min(coalesce(reason, ''), place) AS reason,
               arg_min(coalesce(detail, ''), place) AS detail
        FROM troubles GROUP BY job, item
    )
    SELECT day, pipeline, is_before, job, coalesce(first_troubles.status, 'ready') AS status,
           first_troubles.reason, first_troubles.detail
    FROM (SELECT job, item FROM items) JOIN chosen USING (job)
    LEFT JOIN first_troubles USING (job, item)
"""
"""An item is ready while each table has a ready row of it; else the first that has none tells."""

ITEMS_BY_DAY = """
    SELECT day, pipeline, is_before, status, count(*) AS items
    FROM outcomes GROUP BY ALL ORDER BY ALL
"""

MADE = """
    SELECT day, pipeline, project, provider, is_before,
           count(*) FILTER (WHERE is_published AND status = 'ready') AS pictures,
           coalesce(sum(cost_usd), 0) AS cost_usd
    FROM pictures JOIN chosen USING (job)
    GROUP BY ALL ORDER BY ALL
"""

REASONS = """
    SELECT pipeline, reason, status, count(*) AS items, arg_max(detail, job) AS example
    FROM outcomes WHERE status <> 'ready' AND NOT is_before
    GROUP BY ALL ORDER BY items DESC, reason, pipeline
"""

TIMINGS = """
    SELECT pipeline, step, provider, count(*) AS pictures,
           quantile_cont(seconds, 0.5) AS median_s, quantile_cont(seconds, 0.9) AS slow_s
    FROM pictures JOIN chosen USING (job)
    -- What was found from earlier work took no time.
    WHERE status = 'ready' AND seconds > 0 AND NOT is_before
    GROUP BY ALL ORDER BY median_s DESC, step, provider
"""

SHARPNESS = f"""
    WITH seen AS (
        SELECT sharpness, FALSE AS is_chosen FROM frame_scores
        JOIN (SELECT job FROM chosen WHERE NOT is_before) USING (job)
        WHERE status = 'ready' AND sharpness IS NOT NULL
        UNION ALL
        SELECT sharpness, TRUE FROM pictures JOIN chosen USING (job)
        WHERE status = 'ready' AND sharpness IS NOT NULL AND NOT is_before
    ), bounds AS (
        SELECT greatest(ceil(quantile_cont(sharpness, 0.995) / {_BINS}), 1) AS step FROM seen
    )
    SELECT is_chosen, floor(least(sharpness, {_BINS - 1} * step) / step) * step AS from_sharpness,
           any_value(step) AS step, count(*) AS frames
    FROM seen, bounds
    GROUP BY ALL ORDER BY ALL
"""  # noqa: S608 - of constants

STRUCTURE = """
    SELECT floor(least(structure_score, 0.9999) * 20) / 20 AS from_score,
           coalesce(needs_review, FALSE) AS needs_review, count(*) AS pictures
    FROM pictures JOIN chosen USING (job)
    WHERE status = 'ready' AND structure_score IS NOT NULL AND NOT is_before
    GROUP BY ALL ORDER BY ALL
"""

DECISIONS = """
    WITH shown AS (
        SELECT DISTINCT key, job, provider, style FROM pictures
        WHERE is_published AND status = 'ready'
    )
    SELECT pipeline, provider, style,
           count(*) FILTER (WHERE decision = 'approved') AS approved,
           count(*) FILTER (WHERE decision = 'rejected') AS rejected
    FROM shown JOIN decided USING (key) JOIN chosen USING (job)
    WHERE decision <> 'undecided' AND NOT is_before
    GROUP BY ALL ORDER BY ALL
"""

NEAR_LIMITS = """
    WITH measured AS (
        SELECT job, unnest([
            {'what': 'bytes', 'value': CAST(bytes AS DOUBLE),
             'most': CAST(if(is_video, $max_video_bytes, $max_bytes) AS DOUBLE)},
            {'what': 'pixels', 'value': CAST(if(is_video, NULL, pixels) AS DOUBLE),
             'most': CAST($max_pixels AS DOUBLE)},
            {'what': 'seconds', 'value': duration_s, 'most': CAST($max_video_s AS DOUBLE)}
        ], recursive := true)
        FROM items WHERE status = 'ready'
    )
    SELECT pipeline, what, count(*) AS uploads, max(value) AS largest, max(most) AS most
    FROM measured JOIN chosen USING (job)
    WHERE value >= 0.8 * most AND NOT is_before
    GROUP BY ALL ORDER BY ALL
"""
"""Uploads that were taken and are near what is refused.

Parameters: `max_bytes`, `max_video_bytes`, `max_pixels`, `max_video_s`.
"""


def items(pipelines: Iterable[Pipeline]) -> str:
    """The temporary table `items`."""
    parts = []
    for pipeline in pipelines:
        table = pipeline.first_table
        is_sized = {"width_px", "height_px"} <= table.schema.keys()
        parts.append(
            f"""
            SELECT job, item, '{pipeline.name}' AS pipeline, status, reason, detail,
                   {_own(table, "bytes", "BIGINT")} AS bytes,
                   {"width_px * height_px" if is_sized else "CAST(NULL AS BIGINT)"} AS pixels,
                   {_own(table, "duration_s", "DOUBLE")} AS duration_s,
                   {"duration_s" in table.schema} AS is_video
            FROM {table.name}"""  # noqa: S608 - declared names
        )
    return f"CREATE TEMP TABLE items AS {' UNION ALL '.join(parts)}"


def pictures(pipelines: Iterable[Pipeline]) -> str:
    """The temporary table `pictures`."""
    parts = []
    for pipeline, place, table in _further(pipelines):
        if not _is_of_pictures(pipeline, table):
            continue
        style = next((name for name in _STYLES if name in table.schema), "style")
        parts.append(
            f"""
            SELECT job, item, {place} AS place, '{table.name}' AS step, status, reason, detail,
                   {table.name in pipeline.published} AS is_published,
                   {_own(table, "key")} AS key,
                   {_own(table, "provider")} AS provider,
                   {_own(table, style)} AS style,
                   {_own(table, "needs_review", "BOOLEAN")} AS needs_review,
                   {_own(table, "cost_usd", "DOUBLE")} AS cost_usd,
                   {_own(table, "seconds", "DOUBLE")} AS seconds,
                   {_own(table, "sharpness", "DOUBLE")} AS sharpness,
                   {_own(table, "structure_score", "DOUBLE")} AS structure_score
            FROM {table.name}"""  # noqa: S608 - declared names
        )
    return f"CREATE TEMP TABLE pictures AS {' UNION ALL '.join(parts)}"


def troubles(pipelines: Iterable[Pipeline]) -> str:
    """The temporary table `troubles`, after `items` and `pictures`."""
    parts = [
        f"""
        SELECT job, item, {place} AS place, first(status) AS status, first(reason) AS reason,
               first(detail) AS detail
        FROM "{table.name}"
        GROUP BY job, item HAVING NOT bool_or(status = 'ready')"""  # noqa: S608 - declared names
        for pipeline, place, table in _further(pipelines)
        if not _is_of_pictures(pipeline, table)
    ]
    return f"""
        CREATE TEMP TABLE troubles AS
        SELECT job, item, 0 AS place, status, reason, detail FROM items WHERE status <> 'ready'
        UNION ALL
        SELECT job, item, place, first(status), first(reason), first(detail) FROM pictures
        GROUP BY job, item, place HAVING NOT bool_or(status = 'ready')
        UNION ALL {" UNION ALL ".join(parts)}
    """  # noqa: S608 - declared names


def _further(pipelines: Iterable[Pipeline]) -> Iterator[tuple[Pipeline, int, Table]]:
    """The tables after the first that an item needs a ready row of, with their place."""
    for pipeline in pipelines:
        for place, table in enumerate(pipeline.tables):
            if place > 0 and table.name not in pipeline.optional:
                yield pipeline, place, table


def _is_of_pictures(pipeline: Pipeline, table: Table) -> bool:
    return table.name in pipeline.published or "cost_usd" in table.schema


def _own(table: Table, column: str, kind: str = "VARCHAR") -> str:
    return f'"{column}"' if column in table.schema else f"CAST(NULL AS {kind})"
