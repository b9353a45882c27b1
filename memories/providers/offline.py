"""The extractor that needs no language model: it keeps people's own sentences, or nothing.

What fills a slot is found by pattern, and so is what ends or is to be forgotten. Any other sentence
is of the kind that labelled sentences like it are; many are like those that nobody need remember.
"""

from collections.abc import Collection, Iterator, Sequence

from memories.providers import kinds
from memories.providers.kinds import Embed, Kind
from memories.rules import dates, speech_acts, stances, tellings
from memories.rules.candidates import Candidate, Relation, Turn
from memories.rules.slot_patterns import Slot
from memories.rules.tellings import Telling

# By how much a kind must be ahead of "nothing".
LEAST_LEAD = -0.1
# And by how much more where the speaker is not in it, or it is not plain, or was only agreed to.
MORE_LEAD = 0.2

SLOT_CONFIDENCE = 0.9
CONFIRMED_CONFIDENCE = 0.4
LOWEST_CONFIDENCE, HIGHEST_CONFIDENCE = 0.5, 0.8
_IMPORTANCE = {"profile": 0.7, "preference": 0.6, "interaction": 0.4, "task_state": 0.5}
_SLOT_IMPORTANCE = 0.8


class OfflineExtractor:
    """Proposes verbatim sentences with their type; invents no word.

    Of what ends or is to be forgotten it proposes the statement that would have told it, with the
    value that was named, if any: whether a known one says the same is not decided here.
    """

    name = "offline-2"

    def propose(
        self, turns: Sequence[Turn], *, types: Collection[str], embed: Embed, model: str = ""
    ) -> list[Candidate]:
        """Candidates in the order of the messages, of these types only.

        `embed` gives L2-normalised rows (n, d); `model` names what it embeds with, and lets the
        labelled sentences be embedded once for all. Raises what `embed` raises.
        """
        told = tellings.told(turns)
        read = _kinds([one for one in told if not one.slots], embed, model)
        found: list[Candidate] = []
        for one in told:
            kind = None if one.slots else next(read)
            found += _retractions(one, kind, told) if _retracts(one) else _stated(one, kind)
        return [candidate for candidate in found if candidate.type in types]


def _retracts(told: Telling) -> bool:
    return told.relation is not Relation.NEW


def _kinds(told: Sequence[Telling], embed: Embed, model: str) -> Iterator[Kind]:
    if not told:
        return iter(())
    reading = kinds.reading(embed, model=model)
    return iter(reading.kinds(embed([one.read_as for one in told])))


def _stated(told: Telling, kind: Kind | None) -> Iterator[Candidate]:
    return _of_slots(told) if kind is None else _of_kind(told, kind)


def _retractions(
    told: Telling, kind: Kind | None, all_told: Sequence[Telling]
) -> Iterator[Candidate]:
    yield from _of_slots(told)
    filled = {(slot.type, slot.slot) for one in all_told if one is not told for slot in one.slots}
    for type_, slot in told.emptied:
        # "I quit my job and joined Bosch": the new value closes the old one.
        if (type_, slot) not in filled or told.relation is Relation.FORGETS:
            yield _candidate(told, type_, SLOT_CONFIDENCE, Slot(type_, slot, ""))
    if kind is not None and not told.emptied:
        yield _candidate(told, kind.name, HIGHEST_CONFIDENCE)


def _of_slots(told: Telling) -> Iterator[Candidate]:
    for slot in told.slots:
        yield _candidate(told, slot.type, SLOT_CONFIDENCE, slot)


def _of_kind(told: Telling, kind: Kind) -> Iterator[Candidate]:
    of_self = speech_acts.speaks_of_self(told.read_as)
    if told.standing and not of_self:
        yield _candidate(told, "preference", HIGHEST_CONFIDENCE)
        return
    plain = of_self and not told.confirmed and not speech_acts.leans(told.read_as)
    changed = plain and stances.is_changed_taste(told.read_as)
    if changed or kind.lead >= LEAST_LEAD + (0.0 if plain else MORE_LEAD):
        taste = stances.is_of_taste(told.read_as)
        yield _candidate(told, "preference" if taste else kind.name, _confidence(kind.lead))


def _confidence(lead: float) -> float:
    return round(min(HIGHEST_CONFIDENCE, LOWEST_CONFIDENCE + max(0.0, lead) / 2), 2)


def _candidate(told: Telling, kind: str, confidence: float, slot: Slot | None = None) -> Candidate:
    happened = kind == "interaction" and not _retracts(told)
    return Candidate(
        type=kind,
        text=told.text,
        message_index=told.turn.index,
        speaker=told.turn.speaker,
        data={"value": slot.value} if slot and slot.value else {},
        slot=slot.slot if slot else None,
        confidence=CONFIRMED_CONFIDENCE if told.confirmed else confidence,
        importance=_SLOT_IMPORTANCE if slot else _IMPORTANCE[kind],
        occurred_at=dates.mentioned_at(told.text, now=told.turn.at) if happened else None,
        relation=told.relation,
        unless_retracted=told.unless_retracted,
    )
