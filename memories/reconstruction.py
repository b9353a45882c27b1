"""One owner's memories as they stood at a moment, and what became of them since.

Read from what each change left behind: versions, and the audit's events of people being linked
and memories forgotten. What the index held of words that changed since is not kept: full text is
made anew, and of the vectors the trace knows what they came to. Of a memory that the trace does not
list it is only known that it came to too little to be listed; it is given the least. What was
forgotten cannot come back.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection
from django.db.models import Model, QuerySet
from pgvector import SparseVector

from governance.audit import Action
from governance.models import AuditEvent
from governance.models.access import new_id
from memories import belonging, histories, past_statements, vectors
from memories.models import Memory, MemoryIndex, MemoryVersion, ownership
from memories.providers.embeddings import Vectors
from memories.rules import past_states
from memories.rules.owner import Owner
from memories.rules.past_states import PastState
from memories.rules.replays import Fate

# The cosine of what is least alike.
LEAST = -1.0


@dataclass(frozen=True, slots=True)
class Moment:
    """What is reconstructed: whose store, when, as it was searched for one question.

    `query` is the question's vector (None: it was asked by full text alone). `cosines` are those
    that the question is known to have had with memories, `without_vector` names memories that
    waited for their vector; the others are taken for the least alike. `seen` are memories that the
    owner is known to have had. `vectors_stand`: the store's own vectors are those of then, as far
    as the words are.
    """

    owner: Owner
    at: datetime
    model: str
    language: str
    query: Vectors | None
    cosines: Mapping[uuid.UUID, float] = field(default_factory=dict)
    without_vector: frozenset[uuid.UUID] = frozenset()
    seen: frozenset[uuid.UUID] = frozenset()
    vectors_stand: bool = True


@dataclass(frozen=True, slots=True)
class Then:
    """The store at a moment. `unchanged` stand as they stood; `changed` are rows as they were,
    not to be saved; `index` holds the index rows that had to be made anew; `strangers` were another
    person's, until a link at the moment given."""

    moment: Moment
    unchanged: Sequence[uuid.UUID]
    changed: Mapping[uuid.UUID, Memory]
    index: Mapping[uuid.UUID, MemoryIndex]
    strangers: Mapping[uuid.UUID, datetime]

    @property
    def ids(self) -> list[uuid.UUID]:
        """Every memory that was there."""
        return [*self.unchanged, *self.changed]


def read(moment: Moment) -> Then:
    """The owner's store at the moment. Inside the namespace's scope."""
    owner = moment.owner
    rows = Memory.objects.filter(ownership.of(owner), created_at__lte=moment.at)
    versions = dict(rows.values_list("pk", "version"))
    strangers = belonging.strangers(owner, at=moment.at, seen=moment.seen)
    for pk in strangers:
        versions.pop(pk, None)
    history = histories.of(_changed_since(moment, versions), owner.namespace_id)
    changed: dict[uuid.UUID, Memory] = {}
    states: dict[uuid.UUID, PastState] = {}
    for memory in Memory.objects.filter(ownership.of(owner), pk__in=list(history)):
        state = past_states.at(moment.at, version=memory.version, changes=history[memory.pk])
        del versions[memory.pk]
        if state is not None:
            states[memory.pk] = state
            changed[memory.pk] = _as_it_was(memory, state)
    reworded = {pk for pk, state in states.items() if state.reworded}
    stated = past_statements.indexed(reworded, changed, states, owner)
    terms = {pk: vectors.terms(one, language=moment.language) for pk, one in stated.items()}
    if not moment.vectors_stand:
        terms = {**_terms({*versions, *changed}, owner), **terms}
    made = {pk: _index_row(pk, one, moment) for pk, one in terms.items()}
    return Then(moment, list(versions), changed, made, strangers)


def _terms(ids: set[uuid.UUID], owner: Owner) -> dict[uuid.UUID, SparseVector]:
    """The words of memories as any model's row holds them: they are the same in each."""
    rows = MemoryIndex.objects.filter(ownership.of(owner), memory_id__in=ids)
    return dict(rows.values_list("memory_id", "terms"))


def _index_row(memory_id: uuid.UUID, terms: SparseVector, moment: Moment) -> MemoryIndex:
    owner, vector = moment.owner, None
    if moment.query is not None and memory_id not in moment.without_vector:
        # Along the query, as long as their cosine was: their product is what it was. To embed the
        # words again would not give it: a quantised model answers a little by who is beside them,
        # and the vector may have been the caller's.
        vector = moment.query * np.float32(moment.cosines.get(memory_id, LEAST))
    return MemoryIndex(
        id=new_id(),
        namespace_id=owner.namespace_id,
        memory_id=memory_id,
        subject_id=owner.subject_id,
        agent_id="" if owner.subject_id else owner.agent_id,
        model=moment.model,
        vector=None if vector is None else vectors.written(vector),
        terms=terms,
    )


def tables(then: Then) -> tuple[str, list[Any]]:
    """Sub-queries that show a search the store at that moment, and their parameters."""
    moment = then.moment
    namespace_id, standing = moment.owner.namespace_id, list(then.unchanged)
    indexed = [pk for pk in then.ids if pk not in then.index]
    memory, row = Memory._meta.db_table, MemoryIndex._meta.db_table
    columns = [str(field.column) for field in MemoryIndex._meta.local_concrete_fields]
    waiting = "CASE WHEN memory_id = ANY(%s) THEN NULL ELSE vector END"
    as_was = [waiting if name == "vector" else name for name in columns]
    sql = f"""
        {memory} AS MATERIALIZED (
            SELECT * FROM {memory} WHERE namespace_id = %s AND id = ANY(%s)
            UNION ALL SELECT * FROM jsonb_populate_recordset(NULL::{memory}, %s::jsonb)
        ),
        {row} AS MATERIALIZED (
            SELECT {", ".join(as_was)} FROM {row}
            WHERE namespace_id = %s AND memory_id = ANY(%s) AND model = %s
            UNION ALL
            SELECT {", ".join(columns)} FROM jsonb_populate_recordset(NULL::{row}, %s::jsonb)
        )
    """  # noqa: S608 - names of our own tables and columns, every value is a parameter
    of_memories = [namespace_id, standing, _as_json(then.changed.values())]
    of_rows = [list(moment.without_vector), namespace_id, indexed, moment.model]
    return sql, [*of_memories, *of_rows, _as_json(then.index.values())]


def select(then: Then, rows: QuerySet[Memory], *columns: str) -> list[tuple[Any, ...]]:
    """What a query over memories would have read then: the values of plain columns. Inside the
    scope."""
    shadow, values = tables(then)
    sql, parameters = rows.values_list(*columns).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"WITH {shadow} {sql}", [*values, *parameters])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def texts(then: Then, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    """What these memories said then, as far as they are the owner's still. Inside the scope."""
    wanted = set(ids)
    rows = Memory.objects.filter(ownership.of(then.moment.owner), pk__in=wanted)
    now = dict(rows.values_list("pk", "text"))
    return {pk: then.changed[pk].text if pk in then.changed else text for pk, text in now.items()}


def fates(then: Then, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Fate]:
    """What became of these memories since. Inside the scope."""
    owner, wanted = then.moment.owner, set(ids)
    rows = {
        memory.pk: memory
        for memory in Memory.objects.filter(namespace_id=owner.namespace_id, pk__in=wanted)
    }
    history = histories.of(rows, owner.namespace_id)
    forgotten = _forgotten(wanted - rows.keys(), owner.namespace_id)
    there = set(then.unchanged)
    found = {pk: Fate(here=False, forgotten_at=forgotten.get(pk)) for pk in wanted - rows.keys()}
    for pk, memory in rows.items():
        if memory.subject_id != owner.subject_id:
            found[pk] = Fate(ours=False, moved_at=belonging.last_moved(memory))
            continue
        was = then.changed.get(pk)
        found[pk] = Fate(
            created_at=memory.created_at,
            state=memory.state,
            because=memory.closed_because,
            since=past_states.became(memory.state, history.get(pk, ())),
            by=memory.superseded_by,
            expires_at=memory.expires_at,
            valid_until=memory.valid_until,
            was_current=(was or memory).state == "ACTIVE" if pk in there or was else True,
            came_by_link=pk in then.strangers,
            moved_at=then.strangers.get(pk),
        )
    return found


def _changed_since(moment: Moment, among: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    later = MemoryVersion.objects.filter(
        ownership.of(moment.owner, prefix="memory__"),
        namespace_id=moment.owner.namespace_id,
        at__gt=moment.at,
    )
    return set(later.values_list("memory_id", flat=True)) & set(among)


def _as_it_was(memory: Memory, state: PastState) -> Memory:
    for field_ in Memory._meta.concrete_fields:
        # The person is the one that the trace is of now; whose it was then, `belonging` tells.
        if field_.name in state.fields:
            setattr(memory, field_.name, field_.to_python(state.fields[field_.name]))
    memory.version = state.version
    return memory


def _forgotten(ids: Iterable[uuid.UUID], namespace_id: uuid.UUID) -> dict[uuid.UUID, datetime]:
    events = AuditEvent.objects.filter(
        namespace_id=namespace_id,
        target_id__in=[str(pk) for pk in ids],
        action=Action.MEMORY_FORGOTTEN.value,
    )
    return {uuid.UUID(pk): at for pk, at in events.values_list("target_id", "at")}


def _as_json(rows: Iterable[Model]) -> str:
    """Rows of one table for jsonb_populate_recordset."""
    told = [
        {field.column: getattr(row, field.attname) for field in row._meta.local_concrete_fields}
        for row in rows
    ]
    return json.dumps(told, default=_written, ensure_ascii=False)


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value.to_text()) if hasattr(value, "to_text") else str(value)
