"""The only search SQL: one exact pass over an owner's memories, dense and full text at once.

Both signals are computed for every row of the owner (no shared index, no candidate lists), so a
strong hit of one signal is never lost for being weak in the other.
"""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q
from pgvector import SparseVector

from memories import vectors
from memories.models import MemoryIndex, ownership
from memories.models.memory import MemoryState
from memories.providers.embeddings import EmbeddingModel, Vectors
from memories.rules import lexemes
from memories.rules.owner import Owner

# States that were true once; the past is answered from them.
PAST_STATES = (
    MemoryState.ACTIVE,
    MemoryState.SUPERSEDED,
    MemoryState.ARCHIVED,
    MemoryState.EXPIRED,
    MemoryState.RETRACTED,
)
# What is read of how a memory served; of the last, seconds since 1970.
USE = ("recalled", "used", "helpful", "irrelevant", "wrong", "harmful", "last_at")
# A query's further terms change no order and cost a pass over each row.
MAX_QUERY_TERMS = 24


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for: a query's vector (None when there is no model's answer) and terms."""

    vector: Vectors | None
    dimensions: Sequence[int]
    model: EmbeddingModel


@dataclass(frozen=True, slots=True)
class Shadow:
    """Tables for one search in place of the store's own: named sub-queries, `name AS (…)`, which
    the search's SQL then reads by the names of the tables."""

    tables: str
    parameters: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a search, with what ranking and the trace need of its memory.

    `cosine` is None where there is no vector; `lexical` is on [0, 1].
    """

    memory_id: uuid.UUID
    cosine: float | None
    lexical: float
    text: str
    speaker: str
    version: int
    importance: float
    at: float  # seconds since 1970
    type_name: str
    half_life_days: float | None
    sensitivity: str
    trust: int
    since: float  # when it was said or happened
    learned_at: float  # or last confirmed, the later
    confirmed: bool
    # Counters in the order of USE; None for what was never recalled.
    use: Sequence[float] | None


@dataclass(frozen=True, slots=True)
class Found:
    """The best rows, best first, and how many rows were looked at."""

    rows: list[Row]
    scanned: int


def question(
    query: str, *, vector: Vectors | None, model: EmbeddingModel, language: str
) -> Question:
    """A query ready for search."""
    words = lexemes.terms(query, language=language)
    return Question(vector, lexemes.query_dimensions(words)[:MAX_QUERY_TERMS], model)


def visible(at: datetime, *, past: bool, prefix: str = "") -> Q:
    """Memories that hold at a moment: now, or (`past`) as of then."""
    states = PAST_STATES if past else (MemoryState.ACTIVE,)
    return (
        Q((f"{prefix}state__in", states), (f"{prefix}valid_from__lte", at))
        & (Q((f"{prefix}valid_until__isnull", True)) | Q((f"{prefix}valid_until__gt", at)))
        & (Q((f"{prefix}expires_at__isnull", True)) | Q((f"{prefix}expires_at__gt", at)))
    )


def find(
    asked: Question,
    *,
    owner: Owner,
    condition: Q,
    dense_weight: float,
    limit: int,
    shadow: Shadow | None = None,
) -> Found:
    """The owner's best memories that meet the condition (a Q over MemoryIndex).

    `shadow` takes the place of the store, as in a replay. Inside the namespace's scope.
    """
    try:
        scan, parameters = _scan(asked, owner, condition)
    except EmptyResultSet:  # a condition that nothing can meet, such as one of no values
        return Found([], 0)
    before = shadow or Shadow("", ())
    sql = _ranking_sql(scan, len(asked.dimensions), dense=asked.vector is not None)
    if before.tables:
        sql = f"WITH {before.tables}, {sql.strip().removeprefix('WITH ')}"
    with connection.cursor() as cursor:
        numbers = _numbers(asked, dense_weight, limit)
        cursor.execute(sql, (*before.parameters, *parameters, *numbers, owner.namespace_id))
        answer = cursor.fetchall()
    return Found([Row(*told) for _total, *told in answer], answer[0][0] if answer else 0)


def _scan(asked: Question, owner: Owner, condition: Q) -> tuple[str, list[Any]]:
    """The statement that computes both signals for each of the owner's rows."""
    # On both sides of the join: else PostgreSQL may read everybody's memories to join a few.
    owned = ownership.of(owner) & ownership.of(owner, prefix="memory__")
    rows = MemoryIndex.objects.filter(owned, condition, model=asked.model.name)
    found, parameters = rows.values("memory_id").query.sql_with_params()
    table = MemoryIndex._meta.db_table
    # The signals are put in as text: as annotations they would take longer to write than to run.
    signals = [f"{table}.terms <#> %s AS t{number}" for number in range(len(asked.dimensions))]
    values: list[Any] = [
        SparseVector({one: 1.0}, lexemes.DIMENSIONS).to_text() for one in asked.dimensions
    ]
    if asked.vector is not None:
        # A provider may change the length of its vectors under the same name; rows of the other
        # length are then found by their words, and no answer fails.
        signals.append(
            f"CASE WHEN vector_dims({table}.vector) = %s THEN {table}.vector <#> %s END AS dense"
        )
        values += [len(asked.vector), vectors.written(asked.vector)]
    columns = ", ".join([*signals, found.removeprefix("SELECT ")])
    return f"SELECT {columns}", [*values, *parameters]


def _ranking_sql(scan: str, terms: int, *, dense: bool) -> str:
    """Scan once; then BM25's document frequencies over what was scanned; then the mix.

    lexical = sum(idf · weight) / sum(idf): the share of the query's weight that a memory covers.
    idf = ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative. A term that no memory holds
    still counts in the sum below: a query about something unknown is covered by little.
    """
    numbers = range(terms)
    counts = "".join(f", count(*) FILTER (WHERE t{n} < 0)::float8 AS n{n}" for n in numbers)
    idf = "".join(f", ln(1 + (total - n{n} + 0.5) / (n{n} + 0.5)) AS i{n}" for n in numbers)
    covered = " + ".join(f"i{n} * -t{n}" for n in numbers) or "0"
    mass = " + ".join(f"i{n}" for n in numbers) or "1"
    # Both materialized: PostgreSQL would else compute the logarithms for each row again.
    return f"""
        WITH scan AS MATERIALIZED ({scan}),
        counted AS MATERIALIZED (SELECT count(*)::float8 AS total{counts} FROM scan),
        weighed AS MATERIALIZED (SELECT total{idf} FROM counted),
        scored AS (
            SELECT memory_id, {"-dense" if dense else "NULL::float8"} AS cosine,
                   least(1.0, ({covered}) / ({mass}))::float8 AS lexical, total
            FROM scan, weighed
        ),
        best AS (
            SELECT *, CASE WHEN cosine IS NULL THEN lexical ELSE
                %s * least(1.0, greatest(0.0, (cosine - %s) / %s)) + %s * lexical END AS relevance
            FROM scored ORDER BY relevance DESC, memory_id LIMIT %s
        )
        SELECT total::int, m.id, cosine, lexical, m.text, m.speaker, m.version, m.importance,
               extract(epoch FROM
                   greatest(coalesce(m.occurred_at, m.valid_from), m.last_confirmed_at))::float8,
               t.name, t.half_life_days, m.sensitivity, m.trust,
               extract(epoch FROM coalesce(m.occurred_at, m.valid_from))::float8,
               extract(epoch FROM greatest(m.created_at, m.last_confirmed_at))::float8,
               m.last_confirmed_at IS NOT NULL,
               CASE WHEN u.id IS NOT NULL THEN ARRAY[
                   u.recalled, u.used, u.helpful, u.irrelevant, u.wrong, u.harmful,
                   extract(epoch FROM greatest(u.last_recalled_at, u.last_used_at))]::float8[] END
        FROM best
        JOIN memories_memory m ON m.namespace_id = %s AND m.id = best.memory_id
        JOIN governance_memorytype t ON t.namespace_id = m.namespace_id AND t.id = m.type_id
        LEFT JOIN memories_memoryuse u
            ON u.namespace_id = m.namespace_id AND u.memory_id = m.id
        ORDER BY relevance DESC, m.id
    """  # noqa: S608 - column names are numbered here, every value is a parameter


def _numbers(asked: Question, dense_weight: float, limit: int) -> tuple[float | int, ...]:
    model = asked.model
    return (dense_weight, model.floor, model.ceiling - model.floor, 1 - dense_weight, limit)


# What an answer shows of a memory; the rest of its row, and of its type's, would cost more to
# read than the search.
SHOWN = (
    "id", "text", "data", "slot", "metadata", "categories", "agent_id", "app_id", "run_id",
    "speaker", "occurred_at", "valid_from", "valid_until", "created_at", "updated_at",
    "type__name",
)  # fmt: skip
_SHOWN = f"""
    SELECT {", ".join(f"m.{column}" for column in SHOWN[:-1])}, t.name
    FROM memories_memory m
    JOIN governance_memorytype t ON t.namespace_id = m.namespace_id AND t.id = m.type_id
    WHERE m.namespace_id = %s AND m.id = ANY(%s)
"""  # noqa: S608 - the columns above


def shown(ids: Sequence[uuid.UUID], *, namespace_id: uuid.UUID) -> dict[uuid.UUID, dict[str, Any]]:
    """What an answer shows of these memories, column by column. Inside the namespace's scope."""
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, (namespace_id, list(ids)))
        rows = [dict(zip(SHOWN, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:  # Django has psycopg leave JSON as text
        row["data"], row["metadata"] = json.loads(row["data"]), json.loads(row["metadata"])
    return {row["id"]: row for row in rows}
