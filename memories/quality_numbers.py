"""The SQL behind the counters of a quality run; what they mean: rules/quality_counters.py.

Each statement reads a bounded number of rows by an index that leads with the namespace.
"""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.audit import Action, ActorKind
from governance.models import AuditEvent
from memories import counts
from memories.models import Memory, ReviewItem
from memories.models.review import ReviewState
from memories.rules import quality_counters as counters
from memories.rules.quality_counters import counted

_WINDOW = timedelta(days=counters.DAYS)
_SETTLED = timedelta(days=counters.SETTLED_DAYS)

# The newest episodes by id (UUIDv7: by time), then those that ended in the window.
_EPISODES = """
    WITH newest AS (
        SELECT state, done_at, yielded, messages FROM memories_episode
        WHERE namespace_id = %(namespace)s ORDER BY id DESC LIMIT %(sample)s
    ),
    ended AS (
        SELECT state, jsonb_array_length(messages) AS messages,
               (SELECT coalesce(sum(n::int), 0) FROM jsonb_each_text(yielded) AS one (decision, n))
                   AS decided,
               (SELECT coalesce(sum(n::int), 0) FROM jsonb_each_text(yielded) AS one (decision, n)
                WHERE decision = ANY(%(kept)s)) AS kept,
               coalesce((yielded->>'SUPERSEDE')::int, 0) AS superseded
        FROM newest WHERE done_at > %(since)s AND done_at <= %(now)s
    )
    SELECT count(*) FILTER (WHERE state = 'DONE') AS episodes,
           count(*) FILTER (WHERE state = 'FAILED') AS failed,
           coalesce(sum(decided), 0)::int AS decided,
           coalesce(sum(kept), 0)::int AS kept,
           coalesce(sum(superseded), 0)::int AS superseded,
           coalesce(sum(kept) FILTER (WHERE messages > 0 AND state = 'DONE'), 0)::int AS kept_of,
           coalesce(sum(messages) FILTER (WHERE state = 'DONE'), 0)::int AS messages
    FROM ended
"""
# The uses are looked up by one list of ids, not row by row: while the tables' statistics are old,
# PostgreSQL would take an index that reads the whole namespace for each memory.
_SETTLED_MEMORIES = """
    WITH settled AS (
        SELECT id FROM memories_memory
        WHERE namespace_id = %(namespace)s AND state = 'ACTIVE' AND created_at <= %(settled)s
          AND (expires_at IS NULL OR expires_at > %(now)s)
          AND (valid_until IS NULL OR valid_until > %(now)s)
          AND (subject_id IS NULL OR subject_id <> ALL(%(fixtures)s))
        ORDER BY id DESC LIMIT %(sample)s
    )
    SELECT (SELECT count(*) FROM settled) AS memories,
           (SELECT count(*) FROM settled) - count(*) AS never
    FROM memories_memoryuse
    WHERE namespace_id = %(namespace)s AND recalled > 0
      AND memory_id = ANY (ARRAY (SELECT id FROM settled))
"""
_RECENT = """
    WITH recent AS (
        SELECT kind, found, composed, at FROM memories_recalltrace
        WHERE namespace_id = %(namespace)s AND at > %(since)s AND at <= %(now)s
          AND asked->>'as_of' IS NULL
        ORDER BY at DESC LIMIT %(sample)s
    )
"""
_RECALLS = f"""{_RECENT}
    SELECT count(*) AS recalls, count(*) FILTER (WHERE found = '[]') AS empty FROM recent
"""  # noqa: S608 - the statement above, every value is a parameter
# What a recall gave: all that it found; of a composed context, what stands in it.
_GIVEN = f"""{_RECENT},
    given AS (
        SELECT (one->>'id')::uuid AS memory_id, at
        FROM recent, jsonb_array_elements(found) AS one WHERE kind = 'recall'
        UNION ALL
        SELECT (one #>> '{{}}')::uuid, at
        FROM recent, jsonb_path_query(composed, '$.sections[*].memories[*]') AS one
        WHERE kind <> 'recall'
    ),
    last AS (SELECT memory_id, max(at) AS at FROM given GROUP BY memory_id)
    SELECT count(*) AS given,
           count(*) FILTER (WHERE
               m.state IN ('SUPERSEDED', 'RETRACTED', 'EXPIRED')
               OR m.valid_until <= %(now)s OR m.expires_at <= %(now)s
               OR last.at - greatest(coalesce(m.occurred_at, m.valid_from), m.last_confirmed_at)
                  > %(half_lives)s * t.half_life_days * interval '1 day'
           ) AS stale
    FROM last
    JOIN memories_memory m ON m.namespace_id = %(namespace)s AND m.id = last.memory_id
    JOIN governance_memorytype t ON t.namespace_id = %(namespace)s AND t.id = m.type_id
"""  # noqa: S608 - as above


def measure(
    namespace_id: uuid.UUID, *, fixtures: list[uuid.UUID], now: datetime
) -> dict[str, dict[str, Any]]:
    """Each counter of the namespace as a run keeps it. Inside the scope.

    `fixtures`: subjects that are no people; what is kept of them does not count.
    """
    given = {
        "namespace": namespace_id,
        "now": now,
        "since": now - _WINDOW,
        "settled": now - _SETTLED,
        "sample": counters.SAMPLE,
        "kept": list(counters.KEPT),
        "half_lives": counters.HALF_LIVES,
        "fixtures": fixtures,
    }
    episodes, memories = _one(_EPISODES, given), _one(_SETTLED_MEMORIES, given)
    recalls, recalled = _one(_RECALLS, given), _one(_GIVEN, given)
    reviews = ReviewItem.objects.filter(namespace_id=namespace_id).exclude(subject_id__in=fixtures)
    contradicted = episodes["superseded"] + _disputed(reviews, now)
    return {
        "contradiction_rate": counted("contradiction_rate", contradicted, episodes["decided"]),
        "never_recalled": counted("never_recalled", memories["never"], memories["memories"]),
        "stale_but_recalled": counted("stale_but_recalled", recalled["stale"], recalled["given"]),
        "extraction_yield": counted("extraction_yield", episodes["kept"], episodes["episodes"]),
        "yield_per_message": counted(
            "yield_per_message", episodes["kept_of"], episodes["messages"]
        ),
        "abstention": counted("abstention", recalls["empty"], recalls["recalls"]),
        "corrections_by_people": counted("corrections_by_people", _corrections(namespace_id, now)),
        "reviews_open": counted("reviews_open", reviews.filter(state=ReviewState.OPEN).count()),
        "episodes_failed": counted("episodes_failed", episodes["failed"]),
        **_language_model(namespace_id, now),
    }


def anything_kept(namespace_id: uuid.UUID) -> bool:
    """Whether there is any memory to speak of. Inside the scope."""
    return Memory.objects.filter(namespace_id=namespace_id).exists()


def _one(sql: str, given: Mapping[str, Any]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        columns = [column.name for column in cursor.description or ()]
        (row,) = cursor.fetchall()
    return dict(zip(columns, row, strict=True))


def _disputed(reviews: QuerySet[ReviewItem], now: datetime) -> int:
    """Reviews asked in the window because an episode's statement contradicts a memory."""
    extracted = Memory.objects.filter(
        namespace_id=OuterRef("namespace_id"), pk=OuterRef("memory_id"), episode__isnull=False
    )
    asked = reviews.filter(
        state__in=ReviewState.values,
        opened_at__gt=now - _WINDOW,
        opened_at__lte=now,
        against__isnull=False,
    )
    return asked.filter(Exists(extracted)).count()


def _corrections(namespace_id: uuid.UUID, now: datetime) -> int:
    """What was corrected as such, and what somebody changed by hand.

    Changes that follow from another deed, such as parting two identities, say so in `reason`.
    """
    people = [ActorKind.BOT.value, ActorKind.STAFF.value, ActorKind.SUBJECT.value]
    by_hand = Q(
        action=Action.MEMORY_UPDATED.value, actor_kind__in=people, details__reason__isnull=True
    )
    events = AuditEvent.objects.filter(
        Q(action=Action.MEMORY_CORRECTED.value) | by_hand,
        namespace_id=namespace_id,
        at__gt=now - _WINDOW,
        at__lte=now,
    )
    return events.count()


def _language_model(namespace_id: uuid.UUID, now: datetime) -> dict[str, dict[str, Any]]:
    first = (now - _WINDOW + timedelta(days=1)).astimezone(UTC).date()
    totals = counts.since(first, namespace_id=namespace_id)
    malformed, calls = totals.get("model.malformed", 0), totals.get("model.calls", 0)
    tokens = totals.get("tokens.prompt", 0) + totals.get("tokens.completion", 0)
    return {
        "malformed_replies": counted("malformed_replies", malformed, calls),
        "model_tokens": counted("model_tokens", tokens),
    }
