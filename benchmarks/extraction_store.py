"""Cases told to a store of our own, and what the store then holds.

Everything is real but the time: PostgreSQL, screening, resolution, recall. An episode is received
and extracted as a worker would, each a day after the last.
"""

import os
import re
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django

from benchmarks import summary
from benchmarks.extraction_cases import Case, Said
from memorysite import embedded, local_site

if TYPE_CHECKING:
    from governance.models import Namespace

TOP = 5
_BETWEEN = timedelta(days=1)
# Longer than a conversation rests before it is read.
_LATER = timedelta(hours=1)
# Tables with a namespace, and their columns that hold words.
_TEXTS = """
SELECT table_name, array_agg(column_name::text) FROM information_schema.columns AS words
WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY')
AND EXISTS (SELECT 1 FROM information_schema.columns AS owned WHERE owned.column_name =
'namespace_id' AND owned.table_schema = 'public' AND owned.table_name = words.table_name)
GROUP BY table_name ORDER BY table_name
"""
_KEPT = ("ACTIVE", "SUPERSEDED", "RETRACTED", "ARCHIVED", "EXPIRED")


@dataclass(frozen=True, slots=True)
class Row:
    """A memory at the end of a case. `episode` is the number of the one it came from."""

    id: uuid.UUID
    episode: int
    turn: int
    type: str
    text: str
    slot: str
    value: Any
    state: str
    speaker: str
    occurred_at: datetime | None

    @property
    def is_current(self) -> bool:
        """Whether it is what holds now."""
        return self.state == "ACTIVE"

    @property
    def is_kept(self) -> bool:
        """Whether it holds or held; not what waits for a person's review."""
        return self.state in _KEPT

    @property
    def waits(self) -> bool:
        """Whether a person must look at it first."""
        return self.state == "QUARANTINED"


@dataclass(slots=True)
class Outcome:
    """What a case left: memories, those recalled by its question, tables that hold its secret."""

    rows: list[Row] = field(default_factory=list)
    recalled: frozenset[uuid.UUID] = frozenset()
    leaks: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    rejected: Counter[str] = field(default_factory=Counter)

    def as_known(self) -> list[tuple[str, str, str, str]]:
        """(slot, value, text, state) of all that is kept: equal for stores that know the same."""
        return sorted(
            (row.slot, str(row.value), row.text, row.state) for row in self.rows if row.is_kept
        )


@contextmanager
def opened(environment: Mapping[str, str]) -> Iterator[None]:
    """A database of our own with its tables; Django is set up in this process, as the app."""
    with tempfile.TemporaryDirectory(prefix="remembrancer-bench-") as made:
        folder = Path(made)
        summary.tell("Starting PostgreSQL …")
        with embedded.services(folder, durable=False) as services:
            place = local_site.Place(port=0, data_folder=folder)
            run = local_site.Site(
                place=place,
                environment={
                    **local_site.environment(
                        place, database_url=services.database_url, broker_url=services.broker_url
                    ),
                    **environment,
                    # Episodes that fail are counted here; a line for each says no more.
                    "LOG_LEVEL": "CRITICAL",
                },
                owner_database_url=services.owner_database_url,
            )
            place.static_folder.mkdir(exist_ok=True)
            local_site.migrate(run, heed=lambda: None)
            os.environ.update(run.environment)
            django.setup()
            yield


class Store:
    """A namespace in which each case has a person of its own."""

    def __init__(self, extractor: str) -> None:
        # Django is set up by now, and was not when this module was imported.
        from django.utils import timezone  # noqa: PLC0415

        from governance import namespaces  # noqa: PLC0415
        from governance.audit import SYSTEM  # noqa: PLC0415
        from governance.models import Organization  # noqa: PLC0415

        name = f"b{uuid.uuid4().hex[:12]}"
        organization = Organization.objects.create(name=name, slug=name)
        self.namespace: Namespace = namespaces.create(
            organization,
            slug="main",
            actor=SYSTEM,
            now=timezone.now(),
            settings={"extractor": extractor, "debounce_seconds": 0},
        )

    def tell(self, case: Case, before_each: Any = None) -> Outcome:
        """All episodes of a case, one after the other; `before_each` is told each one's number."""
        person, outcome = f"{case.id}-{uuid.uuid4().hex[:6]}", Outcome()
        ids = []
        for number, said in enumerate(case.episodes):
            if before_each is not None:
                before_each(number)
            ids.append(self._episode(said, person, case.at + number * _BETWEEN))
        self._look(case, person, ids, outcome)
        return outcome

    def _episode(self, said: Said, person: str, at: datetime) -> uuid.UUID:
        from governance.audit import SYSTEM  # noqa: PLC0415
        from governance.subjects import IdentityRef  # noqa: PLC0415
        from memories import extraction, ingestion  # noqa: PLC0415
        from memories.drafts import Place  # noqa: PLC0415
        from memories.ingestion import Received  # noqa: PLC0415

        episode = ingestion.receive(
            Received(
                refs=(IdentityRef("default", person),),
                place=Place(run_id="chat"),
                messages=[{"role": role, "content": content} for role, content in said.turns],
            ),
            namespace=self.namespace,
            actor=SYSTEM,
            key_id=uuid.uuid4(),
            now=at,
        )
        extraction.extract(episode.pk, namespace_id=self.namespace.pk, clock=lambda: at + _LATER)
        return episode.pk

    def _look(self, case: Case, person: str, ids: Sequence[uuid.UUID], outcome: Outcome) -> None:
        from governance import access  # noqa: PLC0415
        from memories.models import Episode, Memory  # noqa: PLC0415

        number_of = {pk: number for number, pk in enumerate(ids)}
        with access.scope(self.namespace.pk):
            episodes = Episode.objects.filter(namespace=self.namespace, pk__in=ids).order_by("pk")
            for episode in episodes:
                outcome.states.append(episode.state)
                outcome.rejected.update(episode.rejected or {})
            made = Memory.objects.filter(namespace=self.namespace, episode_id__in=ids)
            outcome.rows = [
                _row(one, number_of[one.episode_id])
                for one in made.select_related("type").order_by("pk")
            ]
            if case.secret:
                outcome.leaks = _tables_with(case.secret, self.namespace.pk)
        if case.ask:
            outcome.recalled = self._recalled(case, person, len(ids))

    def _recalled(self, case: Case, person: str, episodes: int) -> frozenset[uuid.UUID]:
        from governance.audit import SYSTEM  # noqa: PLC0415
        from governance.subjects import IdentityRef  # noqa: PLC0415
        from memories import looking, retrieval  # noqa: PLC0415
        from memories.callers import Caller  # noqa: PLC0415
        from memories.questions import Ask  # noqa: PLC0415

        ask = Ask(query=case.ask, refs=(IdentityRef("default", person),), top_k=TOP)
        caller = Caller(self.namespace, SYSTEM, uuid.uuid4(), case.at + episodes * _BETWEEN)
        thinking = looking.think(ask, namespace=self.namespace)
        return frozenset(retrieval.recall(ask, thinking, caller=caller).memories)


def _row(memory: Any, episode: int) -> Row:
    return Row(
        id=memory.pk,
        episode=episode,
        turn=-1 if memory.message_index is None else memory.message_index,
        type=memory.type.name,
        text=memory.text,
        slot=memory.slot,
        value=memory.data.get("value"),
        state=memory.state,
        speaker=memory.speaker,
        occurred_at=memory.occurred_at,
    )


def _tables_with(secret: str, namespace_id: uuid.UUID) -> list[str]:
    """The tables in which a row of the namespace holds these characters, as they are or unspaced.

    In texts and JSON, and not amid other characters: four digits occur in any vector or id.
    """
    from django.db import connection  # noqa: PLC0415

    alone = "|".join(re.escape(one) for one in {secret, secret.replace(" ", "")})
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS)
        texts = cursor.fetchall()
        for table, columns in texts:
            held = " OR ".join(f'"{column}"::text ~ %s' for column in columns)
            # The names come from the database, and what is looked for is a parameter.
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE namespace_id = %s AND ({held})',  # noqa: S608
                [namespace_id, *[rf"(^|\W)({alone})(\W|$)"] * len(columns)],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found
