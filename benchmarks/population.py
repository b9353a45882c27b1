"""Many subjects with many memories, written below the API by COPY.

To be imported when Django is set up. The rows are those that the API would write, made from the
models' own defaults; only the texts repeat and the vectors are random.
"""

import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
import psycopg
from pgvector import HalfVector, SparseVector
from pgvector.psycopg import register_vector
from psycopg import sql
from psycopg.types.json import Jsonb
from uuid6 import uuid7

from benchmarks import words
from benchmarks.copying import Rows
from governance.audit import ActorKind
from governance.models import Subject, SubjectIdentity
from memories import vectors, versions
from memories.models import Memory, MemoryIndex, MemoryVersion
from memories.rules import lexemes, sameness, statements, trust

# Turns that a subject says in one go; other subjects' stand before and after them on disk.
BURST = 20
_BURSTS_IN_STOCK = 2_000
_BURSTS_A_COPY = 500
_DIMENSIONS = 384
_DAYS = 180


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of the stock, ready to be written for anybody."""

    text: str
    digest: str
    terms: SparseVector


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows belong."""

    namespace_id: uuid.UUID
    type_id: uuid.UUID
    model: str


@dataclass(frozen=True, slots=True)
class Person:
    """A subject with its identity."""

    subject_id: uuid.UUID
    identity_id: uuid.UUID


def fill(
    link: psycopg.Connection[Any], crowd: Sequence[tuple[str, int]], *, place: Place, mixed: bool
) -> None:
    """Write a subject for each (external id, number of memories), and settle the tables.

    `mixed` scatters a subject's memories over the tables by bursts, as time does.
    """
    register_vector(link)
    rng = random.Random(len(crowd))
    with link.transaction():
        # The rows fit together by construction; checking each key would take longer than writing.
        link.execute("SET LOCAL session_replication_role = replica")
        bursts = _people(link, crowd, place)
        if mixed:
            rng.shuffle(bursts)
        stock = [_burst(rng) for _ in range(min(len(bursts), _BURSTS_IN_STOCK))]
        waiting = iter(bursts)
        while chunk := list(islice(waiting, _BURSTS_A_COPY)):
            _copy_memories(link, chunk, stock=stock, place=place, rng=rng)
    for model in (Subject, SubjectIdentity, Memory, MemoryIndex, MemoryVersion):
        link.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.Identifier(model._meta.db_table)))
    link.execute("CHECKPOINT")


def place_of(path: str, link: psycopg.Connection[Any]) -> Place:
    """Where rows of the namespace `organization/namespace` belong."""
    organization, _, slug = path.partition("/")
    row = link.execute(
        "SELECT n.id, t.id, n.settings->>'embedding_model' FROM governance_namespace n "
        "JOIN governance_organization o ON o.id = n.organization_id "
        "JOIN governance_memorytype t ON t.namespace_id = n.id AND t.name = 'interaction' "
        "WHERE o.slug = %s AND n.slug = %s",
        [organization, slug],
    ).fetchone()
    if row is None:
        raise LookupError(f"There is no namespace {path}.")
    return Place(*row)


def there(link: psycopg.Connection[Any], place: Place, *, pattern: str) -> set[str]:
    """The external ids like the pattern that have a subject."""
    rows = link.execute(
        "SELECT external_id FROM governance_subjectidentity "
        "WHERE namespace_id = %s AND external_id LIKE %s",
        [place.namespace_id, pattern],
    )
    return {row[0] for row in rows}


def _people(
    link: psycopg.Connection[Any], crowd: Sequence[tuple[str, int]], place: Place
) -> list[Person]:
    """Write the subjects; each of them as often as it has bursts to say."""
    people = [Person(uuid7(), uuid7()) for _ in crowd]
    subjects = Rows(Subject(namespace_id=place.namespace_id))
    identities = Rows(SubjectIdentity(namespace_id=place.namespace_id, channel="user_id"))
    subjects.copy(link, ({"id": person.subject_id} for person in people))
    identities.copy(
        link,
        (
            {
                "id": person.identity_id,
                "subject_id": person.subject_id,
                "home_subject_id": person.subject_id,
                "external_id": external_id,
            }
            for person, (external_id, _) in zip(people, crowd, strict=True)
        ),
    )
    return [
        person
        for person, (_, size) in zip(people, crowd, strict=True)
        for _ in range(size // BURST)
    ]


def _burst(rng: random.Random) -> list[Said]:
    """Statements in a row, each indexed with those before it as its context."""
    texts = [words.statement(rng) for _ in range(BURST)]
    spoken = [lexemes.terms(text, language="english") for text in texts]
    return [
        Said(text, sameness.digest(text), vectors.sparse(_weights(spoken, number)))
        for number, text in enumerate(texts)
    ]


def _weights(spoken: Sequence[list[str]], number: int) -> dict[int, float]:
    context = [*spoken[max(0, number - statements.NEIGHBOURS) : number], spoken[number]]
    return lexemes.weigh(spoken[number], [word for turn in context for word in turn])


def _copy_memories(
    link: psycopg.Connection[Any],
    bursts: Sequence[Person],
    *,
    stock: Sequence[list[Said]],
    place: Place,
    rng: random.Random,
) -> None:
    rows = list(_memories(bursts, stock=stock, rng=rng))
    memory = Rows(Memory(namespace_id=place.namespace_id, type_id=place.type_id, **_told()))
    index = Rows(MemoryIndex(namespace_id=place.namespace_id, model=place.model))
    after = versions.recorded(Memory(namespace_id=place.namespace_id, **_told()))
    version = Rows(
        MemoryVersion(
            namespace_id=place.namespace_id, version=1, change="ADD",
            actor_kind=ActorKind.SYSTEM.value,
            at=datetime.now(UTC),  # noqa: TID251 - this is the edge
        )
    )  # fmt: skip
    memory.copy(link, (one for one, _ in rows))
    embedded = zip(rows, _unit_vectors(len(rows), rng), strict=True)
    index.copy(
        link,
        (
            {
                "id": uuid7(),
                "memory_id": one["id"],
                "subject_id": one["subject_id"],
                "vector": vector,
                "terms": terms,
            }
            for (one, terms), vector in embedded
        ),
    )
    version.copy(
        link,
        (
            {
                "id": uuid7(),
                "memory_id": one["id"],
                "after": Jsonb({**after, "text": one["text"]}),
            }
            for one, _ in rows
        ),
    )


def _told() -> dict[str, Any]:
    now = datetime.now(UTC)  # noqa: TID251 - this is the edge
    return {
        "trust": int(trust.of_role("user")),
        "speaker": "Ada",
        "valid_from": now,
        "created_at": now,
        "updated_at": now,
    }


def _memories(
    bursts: Sequence[Person], *, stock: Sequence[list[Said]], rng: random.Random
) -> Iterator[tuple[dict[str, Any], SparseVector]]:
    for person in bursts:
        begun = datetime.now(UTC) - timedelta(days=_DAYS * rng.random())  # noqa: TID251
        run_id = f"run-{rng.randrange(1_000_000_000)}"
        for number, said in enumerate(rng.choice(stock)):
            at = begun + timedelta(seconds=number * 20)
            row = {
                "id": uuid7(),
                "subject_id": person.subject_id,
                "identity_id": person.identity_id,
                "run_id": run_id,
                "text": said.text,
                "text_digest": said.digest,
                "occurred_at": at,
                "valid_from": at,
                "created_at": at,
                "updated_at": at,
            }
            yield row, said.terms


def _unit_vectors(count: int, rng: random.Random) -> list[HalfVector]:
    drawn = np.random.default_rng(rng.randrange(2**32)).standard_normal((count, _DIMENSIONS))
    drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
    return [HalfVector(row) for row in drawn.astype(np.float16)]
