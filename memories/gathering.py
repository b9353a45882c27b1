"""Gather what may go into a context: pinned memories, recalled ones, the last turns."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from governance.models import Namespace
from governance.rules.namespace_settings import NamespaceSettings
from governance.rules.sensitivity import Sensitivity
from memories import looking, materials, owners
from memories.looking import Again, Look, Thinking
from memories.materials import Kind
from memories.questions import Ask
from memories.rules import composition, statements
from memories.rules.composition import Material, Note, Section, Turn
from memories.rules.owner import Owner
from memories.rules.ranking import NOT_FOR_PURPOSE
from memories.rules.trust import Trust
from memories.search import Row

PINNED, RECALLED, HISTORY = "pinned", "recalled", "history"
PARTS = (PINNED, RECALLED, HISTORY)
DEFAULT_BUDGET = 1_000
DEFAULT_TURNS = 10
# For any purpose; what is more delicate, only for those that the namespace names.
FOR_ANY_PURPOSE = frozenset({Sensitivity.NORMAL.value, Sensitivity.PERSONAL.value})
# Whose words they are when they are less trusted than the person's own.
SOURCES = {
    Trust.ASSISTANT: "The assistant",
    Trust.TOOL: "A tool",
    Trust.DOCUMENT: "A document",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a context is wanted for. None means: as usual.

    The ask's `run_id` names the conversation whose turns `from_run` takes; it does not narrow what
    is recalled, or each new conversation would begin without a memory. `purpose` says what the
    answer is for; sensitive memories need one that the namespace allows. `message` is what the
    person says now, when the ask's query holds only a part of it.
    """

    ask: Ask
    token_budget: int | None = None
    history: Sequence[Turn] = ()
    last_turns: int | None = None
    from_run: bool = False
    purpose: str = ""
    include: frozenset[str] = frozenset(PARTS)
    as_messages: bool = False
    message: str = ""
    kind: str = "context"

    @property
    def budget(self) -> int:
        """Tokens that the context may take."""
        return DEFAULT_BUDGET if self.token_budget is None else self.token_budget


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A memory that is not in the context, and the code of why."""

    id: uuid.UUID
    type: str
    why: str


@dataclass(slots=True)
class Gathered:
    """What may go into the context."""

    kinds: Sequence[Kind]
    owner: Owner | None
    seen: Look
    pinned: list[Note] = field(default_factory=list)
    person: str = ""
    turns: Sequence[Turn] = ()
    refused: list[LeftOut] = field(default_factory=list)


def searched(wanted: Wanted) -> Ask:
    """The question as it is searched with; without words if nothing is to be recalled."""
    query = wanted.ask.query if RECALLED in wanted.include else ""
    return replace(wanted.ask, query=query, run_id="")


def allowed(ask: Ask, purpose: str, settings: NamespaceSettings) -> Ask:
    """The question, kept to what the purpose allows to be told."""
    allows_all = purpose != "" and purpose in settings.sensitive_purposes
    return replace(ask, sensitivities=None if allows_all else FOR_ANY_PURPOSE)


def gather(
    wanted: Wanted, ask: Ask, thinking: Thinking, *, namespace: Namespace, now: datetime
) -> Gathered:
    """What may go in. Inside the namespace's scope.

    Raises InvalidInput for an unknown strategy, SubjectNotAccepting, IdentityAmbiguous.
    """
    strategy = looking.strategy_of(ask, namespace)
    owner = owners.known(ask.refs, ask.agent_id, namespace_id=namespace.pk)
    kinds = materials.kinds(namespace_id=namespace.pk)
    gathered = Gathered(kinds, owner, Look(strategy, owner, {}, [], []))
    if HISTORY in wanted.include:
        gathered.turns = _turns(wanted, owner)
    if owner is None:
        return gathered
    besides: list[str] = []
    if PINNED in wanted.include:
        besides = _pin(gathered, owner, ask, now)
    wished = [
        kind
        for kind in kinds
        if kind.name not in besides and (not strategy.types or kind.name in strategy.types)
    ]
    if ask.query and wished:
        again = Again(owner, strategy)
        if besides or strategy.types:
            narrowed = replace(strategy, types=tuple(kind.name for kind in wished))
            again = Again(owner, narrowed, type_ids=[kind.id for kind in wished])
        gathered.seen = looking.look(ask, thinking, namespace=namespace, now=now, again=again)
    return gathered


def _pin(gathered: Gathered, owner: Owner, ask: Ask, now: datetime) -> list[str]:
    """Take the pinned memories; the names of types that need not be searched, being all here."""
    always = [kind for kind in gathered.kinds if kind.pinned]
    rows = materials.pinned(owner, always, ask=ask, now=now) if always else []
    for row in rows:
        if ask.sensitivities is not None and row["sensitivity"] not in ask.sensitivities:
            left = LeftOut(row["id"], row["type__name"], NOT_FOR_PURPOSE)
            gathered.refused.append(left)
        else:
            gathered.pinned.append(_pinned_note(row))
    gathered.person = materials.person_in(rows)
    whole = len(rows) < materials.MOST_PINNED
    return [kind.name for kind in always] if whole else []


def _turns(wanted: Wanted, owner: Owner | None) -> list[Turn]:
    """The conversation's last turns, without what the person says now."""
    most = DEFAULT_TURNS if wanted.last_turns is None else wanted.last_turns
    if not most:
        return []
    # One more: the message that is answered may have been posted before its context is asked for.
    turns = list(wanted.history)
    if wanted.from_run and owner is not None:
        turns = materials.last_turns(owner, wanted.ask.run_id, count=most + 1)
    roles = ("user", "assistant") if wanted.as_messages else ("user", "assistant", "tool")
    turns = [turn for turn in turns if turn.role in roles and turn.content.strip()]
    message = (wanted.message or wanted.ask.query).strip()
    if turns and turns[-1].role == "user" and turns[-1].content.strip() == message:
        turns.pop()
    return turns[-most:]


def material(wanted: Wanted, gathered: Gathered) -> Material:
    """What was gathered, ready to be composed."""
    of_agent = gathered.owner is not None and gathered.owner.subject_id is None
    pinned = {note.id for note in gathered.pinned}
    recalled = [gathered.seen.rows[one.hit.id] for one in gathered.seen.kept]
    return Material(
        sections=[
            Section(kind.name, composition.title_of(kind.name, kind.description, of_agent=of_agent))
            for kind in gathered.kinds
        ],
        notes=[
            *gathered.pinned,
            *(_recalled_note(row) for row in recalled if row.memory_id not in pinned),
        ],
        turns=gathered.turns,
        as_messages=wanted.as_messages,
    )


def _pinned_note(row: Mapping[str, Any]) -> Note:
    return Note(
        id=row["id"],
        section=row["type__name"],
        text=row["text"],
        date=statements.spoken_date(row["occurred_at"] or row["valid_from"]),
        speaker=row["speaker"],
        source=_source(row["trust"]),
    )


def _recalled_note(row: Row) -> Note:
    return Note(
        id=row.memory_id,
        section=row.type_name,
        text=row.text,
        date=statements.spoken_date(datetime.fromtimestamp(row.since, UTC)),
        speaker=row.speaker,
        source=_source(row.trust),
    )


def _source(trust: int) -> str:
    if trust >= Trust.SUBJECT:
        return ""
    return next((name for level, name in SOURCES.items() if trust >= level), "Somebody")
