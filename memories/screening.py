"""Before anything is written: secrets, personal data, and what must never be remembered.

What is refused is written nowhere. It is told by code and counted: `screen.<kind>` for what was
masked or redacted, `never.<kind>` for what a rule kept out, and `rule.<id>` for that rule's own
counter. `judge` changes drafts in place; vectors are made after it.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Model

from governance import access, audit, subjects
from governance.audit import Action, Actor
from governance.models import Namespace
from governance.subjects import IdentityRef
from memories import counts, never_rules
from memories.judging import Judged, judge
from memories.rules import secrets
from memories.screens import (
    RULE,
    Cleaned,
    Screen,
    SecretRefused,
    Types,
    clean,
    clean_json,
    each_text,
    load,
    load_all,
)

__all__ = [
    "Cleaned",
    "Judged",
    "Screen",
    "SecretRefused",
    "clean",
    "clean_asked",
    "clean_json",
    "clean_query",
    "judge",
    "load",
    "load_all",
    "load_by_refs",
    "note",
    "note_found",
    "note_refusal",
]


def load_by_refs(
    people: Collection[tuple[IdentityRef, ...]], namespace: Namespace, *, types: Types
) -> dict[tuple[IdentityRef, ...], Screen]:
    """The rules that hold for people by what they are known by; () is nobody in particular.

    Inside the scope. Raises IdentityAmbiguous.
    """
    known: dict[tuple[IdentityRef, ...], uuid.UUID] = {}
    # In most namespaces nobody has rules of their own: then nobody need be looked up.
    if never_rules.any_personal(namespace_id=namespace.pk):
        for refs in people:
            identity = subjects.find(list(refs), namespace_id=namespace.pk) if refs else None
            if identity is not None:
                known[refs] = identity.subject_id
    loaded = load_all(namespace, subject_ids={None, *known.values()}, types=types)
    return {refs: loaded[known.get(refs)] for refs in {(), *people}}


def clean_query(query: str) -> str:
    """A question as its trace may keep it: without secrets. Microseconds."""
    return secrets.mask(query)[0]


def clean_asked(asked: Mapping[str, Any]) -> dict[str, Any]:
    """A question with its filters as its trace may keep it: without secrets."""
    cleaned: dict[str, Any] = each_text(dict(asked), lambda text, _at: clean_query(text), "")
    return cleaned


def note(hits: Counter[str], screen: Screen, *, now: datetime) -> None:
    """Count what was kept out. Inside the scope; last, since it locks the counters."""
    counts.add(
        {name: n for name, n in hits.items() if not name.startswith(RULE)},
        namespace_id=screen.namespace_id,
        now=now,
    )
    of_rules = {
        uuid.UUID(name.removeprefix(RULE)): n for name, n in hits.items() if name.startswith(RULE)
    }
    never_rules.note(of_rules, namespace_id=screen.namespace_id, now=now)


def note_found(
    hits: Counter[str], screen: Screen, *, actor: Actor, target: Model, now: datetime
) -> None:
    """Record and count what was kept out of what `target` stands for: kinds and counts only.

    Inside the scope; last, since it locks the counters.
    """
    audit.record(
        Action.CONTENT_REFUSED,
        namespace_id=screen.namespace_id,
        actor=actor,
        target=target,
        now=now,
        details={name: n for name, n in sorted(hits.items()) if not name.startswith(RULE)},
    )
    note(hits, screen, now=now)


def note_refusal(namespace: Namespace, screen: Screen, *, actor: Actor, now: datetime) -> None:
    """Record and count that a request was refused for a secret in it."""
    with access.scope(namespace.pk):
        refused = Counter({"screen.refused_secret": 1})
        note_found(refused, screen, actor=actor, target=namespace, now=now)
