"""Why one memory was answered then and not now, or now and not then: codes and sentences."""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from memories.rules.replays import ROUNDING, Fate, Run, Seen

_POLICY = re.compile(r"policy:(?P<name>.+):v(?P<version>\d+)\Z")
# Codes of closing that say more than the state.
_BECAUSE = {"corrected": "corrected"}
_LEFT_OUT = {
    "beyond_top_k": "beyond top_k",
    "below_threshold": "below the threshold",
    "near_copy": "a near copy of a better one",
    "faded": "faded by age and disuse",
    "purpose_does_not_allow": "too sensitive for the purpose",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a code for programs, a sentence for people, when, and by which memory."""

    code: str
    says: str
    at: datetime | None = None
    by: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One memory that the two runs do not answer alike: `gone`, `new`, or `kept` but changed."""

    id: uuid.UUID
    change: str
    reasons: tuple[Reason, ...]

    @property
    def reason(self) -> str:
        """All reasons in one sentence."""
        return "; ".join(reason.says for reason in self.reasons)


def differences(
    then: Run, now: Run, fates: Mapping[uuid.UUID, Fate], *, at: datetime, until: datetime
) -> list[Difference]:
    """Every memory that the runs do not answer alike: first what is gone, then what is new, then
    what both answer with another score or version.

    `fates` names each memory of either run; `at` is the trace's moment, `until` is now.
    """
    kept_now = {one.id for one in now.kept}
    kept_then = {one.id for one in then.kept}
    gone = [
        Difference(one.id, "gone", _gone(one, now, fates[one.id], until=until))
        for one in then.kept
        if one.id not in kept_now
    ]
    new = [
        Difference(one.id, "new", _new(one, then, fates[one.id], at=at))
        for one in now.kept
        if one.id not in kept_then
    ]
    both = [(one, now.saw(one.id)) for one in then.kept if one.id in kept_now]
    changed = [
        Difference(one.id, "kept", tuple(_changed(one, other)))
        for one, other in both
        if other is not None and any(_changed(one, other))
    ]
    return gone + new + changed


def _gone(one: Seen, now: Run, fate: Fate, *, until: datetime) -> tuple[Reason, ...]:
    closed = _closed(fate, until=until)
    if closed is not None:
        return (closed,)
    reworded = _version(one.version, now.saw(one.id))
    seen = now.saw(one.id)
    if seen is None:
        return (*reworded, Reason("not_matching", "no longer meets what was asked"))
    return (*reworded, _ranked(one, seen))


def lost(fate: Fate) -> Reason | None:
    """Why even the past cannot show a memory; None for one that it can."""
    if not fate.here:
        return Reason("forgotten", f"forgotten{_on(fate.forgotten_at)}", fate.forgotten_at)
    if not fate.ours:
        return Reason("moved", f"another person's{_since(fate.moved_at)}", fate.moved_at)
    return None


def _closed(fate: Fate, *, until: datetime) -> Reason | None:
    gone = lost(fate)
    if gone is not None:
        return gone
    if fate.state != "ACTIVE":
        return _ended(fate)
    if fate.expires_at is not None and fate.expires_at <= until:
        return Reason("expired", f"expired{_on(fate.expires_at)}", fate.expires_at)
    if fate.valid_until is not None and fate.valid_until <= until:
        return Reason("ended", f"ended{_on(fate.valid_until)}", fate.valid_until)
    return None


def _ended(fate: Fate) -> Reason:
    # The codes are participles, such as superseded, retracted, archived, expired, quarantined.
    code = _BECAUSE.get(fate.because, fate.state.lower())
    policy = _POLICY.match(fate.because)
    if policy is not None:
        says = f"policy {policy['name']} v{policy['version']} {code} it{_on(fate.since)}"
        return Reason(code, says, fate.since, fate.by)
    by = f" by {fate.by}" if fate.by else ""
    return Reason(code, f"{code}{_on(fate.since)}{by}", fate.since, fate.by)


def _ranked(one: Seen, seen: Seen) -> Reason:
    moved = f"{one.score:.2f} → {seen.score:.2f}"
    where = _LEFT_OUT.get(seen.left_out_for, seen.left_out_for.replace("_", " "))
    if one.score - seen.score > ROUNDING:
        return Reason(seen.left_out_for, f"ranked lower: {moved}{_parts(one, seen)}, {where}")
    return Reason(seen.left_out_for, f"outranked: {moved}, {where}")


def _new(one: Seen, then: Run, fate: Fate, *, at: datetime) -> tuple[Reason, ...]:
    if fate.created_at is not None and fate.created_at > at:
        return (Reason("learned", f"learned{_on(fate.created_at)}", fate.created_at),)
    if fate.came_by_link:
        return (Reason("linked", f"came with a link{_on(fate.moved_at)}", fate.moved_at),)
    if not fate.was_current:
        return (Reason("came_back", f"came back{_on(fate.since)}", fate.since),)
    seen = then.saw(one.id)
    if seen is None:
        return (Reason("not_matching", "did not meet what was asked then"),)
    reworded = _version(seen.version, one)
    moved = f"{seen.score:.2f} → {one.score:.2f}"
    left = _LEFT_OUT.get(seen.left_out_for, seen.left_out_for.replace("_", " "))
    if one.score - seen.score > ROUNDING:
        says = f"ranked higher: {moved}{_parts(seen, one)}; then it was {left}"
        return (*reworded, Reason("ranked_higher", says))
    return (*reworded, Reason("made_room", f"there is room for it: {moved}; then it was {left}"))


def _changed(one: Seen, other: Seen) -> Iterator[Reason]:
    yield from _version(one.version, other)
    was, is_now = f"{one.score:.2f}", f"{other.score:.2f}"
    if was != is_now:  # what is less is noise: one memory more moves every score a little
        yield Reason("score", f"score {was} → {is_now}{_parts(one, other)}")


def _version(was: int, seen: Seen | None) -> tuple[Reason, ...]:
    if seen is None or seen.version == was:
        return ()
    return (Reason("changed", f"changed: version {was} → {seen.version}"),)


def _parts(one: Seen, other: Seen) -> str:
    """Which parts of the score moved, such as ` (recency 1.08 → 1.02)`."""
    moved = [
        f"{name} {one.parts[name]:.2f} → {other.parts[name]:.2f}"
        for name in one.parts
        if name in other.parts and f"{one.parts[name]:.2f}" != f"{other.parts[name]:.2f}"
    ]
    return f" ({', '.join(moved)})" if moved else ""


def _on(moment: datetime | None) -> str:
    return f" on {moment:%Y-%m-%d}" if moment else ""


def _since(moment: datetime | None) -> str:
    return f" since {moment:%Y-%m-%d}" if moment else ""
