"""From a language model's reply to candidates: each is checked against what was said, or falls.

A model sees numbers in place of ids, and is believed in nothing that can be looked up: the message
must be one of those it was given, the neighbour too, and the words must have been said.
"""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from jsonschema import Draft202012Validator

from memories.rules import (
    echoes,
    evidence,
    grounding,
    proposal_shape,
    proposed_values,
    relations,
    replies,
    speech_acts,
    word_order,
)
from memories.rules.candidates import Candidate, Relation, Turn
from memories.rules.evidence import Evidence
from memories.rules.proposal_shape import MAX_TEXT, MAX_VALUE, SLOT
from memories.rules.readings import Guide, Neighbour, Proposed, Reading, Rejected
from memories.rules.replies import MAX_CANDIDATES, Falls, Malformed

# What the person only agreed to is less sure than what they said; as offline extraction has it.
AGREED_CONFIDENCE = 0.4
DEED_CONFIDENCE = 0.5
# One turn tells no more than so many things that are worth keeping.
MOST_OF_A_TURN = 12
# Of these, the assistant's own deeds and promises may be remembered.
_DEED_TYPES = frozenset({"interaction", "task_state"})
_DEED = re.compile(
    r"^\W*(?:(?:done|sure|okay?|great|certainly|of course|perfect)\W+)*(?:I['’]ll|I will|I['’]ve|"
    r"I have|I just|I) (?:now |just |already |also )*(?!am\b|was\b|know|remember|recall|see\b|"
    r"understand|think|thought|believe|hope|noted?\b|keep in mind|heard|read that|can\b|could|"
    r"would|should|may\b|might|want|need|love|like|do\b|don)\w+",
    re.IGNORECASE,
)
_FIRST_YEAR, _YEARS_AHEAD = 1900, 5
_PART_OF_A_DATE = re.compile(r"\d{4}(?:-\d{2})?\Z")
_shape = Draft202012Validator(proposal_shape.CANDIDATE)


def parse(reply: str, reading: Reading) -> Proposed:
    """The candidates that hold, and why the others fell. Raises Malformed."""
    items = replies.candidates(reply)
    shaped = [item for item in items if _shape.is_valid(item)]
    if items and not shaped:
        raise Malformed("no_candidate_of_the_shape")
    kept: dict[tuple[Any, ...], Candidate] = {}
    of_turn = Counter[int]()
    fallen = [Rejected("bad_shape")] * (len(items) - len(shaped))
    fallen += [Rejected("too_many")] * max(0, len(shaped) - MAX_CANDIDATES)
    for item in shaped[:MAX_CANDIDATES]:
        try:
            candidate = _candidate(item, reading)
            key = (candidate.type, candidate.slot, candidate.text.casefold(), candidate.relation)
            if key in kept:
                raise Falls("repeated")
            if of_turn[item["message"]] >= MOST_OF_A_TURN:
                raise Falls("too_many")
            of_turn[item["message"]] += 1
            kept[key] = candidate
        except Falls as why:
            fallen.append(Rejected(str(why), _turn_of(item, reading)))
    return Proposed(list(kept.values()), fallen)


def _candidate(item: Mapping[str, Any], reading: Reading) -> Candidate:
    index = _turn_of(item, reading)
    if index is None:
        raise Falls("no_such_message")
    guide = reading.guides.get(item["type"])
    if guide is None:
        raise Falls("unknown_type")
    about = _about(item, reading)
    rests_on = evidence.of(index, reading.turns, reading.before)
    text = _text(item)
    slot = _slot(item, guide)
    relation = relations.settled(
        _relation(item, about, slot),
        about,
        rests_on,
        text=text,
        slot=slot,
        language=reading.language,
    )
    value = _value(item, slot, rests_on, about, relation, reading.language)
    if isinstance(value, bool) and not _may_be_bool("value", guide, alone=bool(slot)):
        raise Falls("bad_data")
    source, most = _source(item["type"], text, relation, about, rests_on, reading)
    _said(text, rests_on, relation, reading.language)
    return Candidate(
        type=guide.name,
        text=text,
        message_index=source.index,
        speaker=source.speaker,
        data=_data(item, value, guide, rests_on, reading.language),
        slot=slot or None,
        confidence=min(most, _share(item.get("confidence", 0.6))),
        importance=_share(item.get("importance", 0.5)),
        occurred_at=_moment(item.get("occurred_at"), rests_on.turn),
        sensitivity=item.get("sensitivity", "normal"),
        relation=relation,
        about=about.id if about and relation is not Relation.NEW else None,
    )


def _turn_of(item: Mapping[str, Any], reading: Reading) -> int | None:
    """A model counts from one."""
    index = int(item["message"]) - 1
    return index if 0 <= index < len(reading.turns) else None


def _about(item: Mapping[str, Any], reading: Reading) -> Neighbour | None:
    number = item.get("about")
    if number is None:
        return None
    if not 1 <= number <= len(reading.neighbours):
        raise Falls("no_such_neighbour")
    return reading.neighbours[int(number) - 1]


def _text(item: Mapping[str, Any]) -> str:
    text = " ".join(item["text"].split())
    if not text:
        raise Falls("empty_text")
    if len(text) > MAX_TEXT:
        raise Falls("too_long")
    if not replies.can_be_kept(text):
        raise Falls("bad_text")
    if _says_nothing(text, item):
        raise Falls("says_nothing")
    return text


def _says_nothing(text: str, item: Mapping[str, Any]) -> bool:
    """Thanks and the like; but "forget it" asks for something."""
    return item.get("relation") != Relation.FORGETS and speech_acts.is_courtesy(text)


def _slot(item: Mapping[str, Any], guide: Guide) -> str:
    slot = item.get("slot") or ""
    if slot and (not re.fullmatch(SLOT, slot) or (guide.slots and slot not in guide.slots)):
        raise Falls("bad_slot")
    return slot


def _relation(item: Mapping[str, Any], about: Neighbour | None, slot: str) -> Relation:
    relation = Relation(item.get("relation", "new"))
    if relation is Relation.ENDS and about and slot and slot == about.slot:
        # The slot holds something else: that takes the old value's place, and is no mere end.
        return Relation.CHANGES if relations.contradicts(item.get("value"), about) else relation
    if relation is Relation.CONFIRMS and (
        about is None or relations.contradicts(item.get("value"), about)
    ):
        return Relation.NEW
    return relation


def _value(
    item: Mapping[str, Any],
    slot: str,
    rests_on: Evidence,
    about: Neighbour | None,
    relation: Relation,
    language: str,
) -> Any:
    value = item.get("value")
    if value is None or value == "":
        if slot and relation in (Relation.NEW, Relation.CHANGES):
            raise Falls("no_value")
        return None
    if not replies.can_be_kept(value) or len(str(value)) > MAX_VALUE:
        raise Falls("bad_data")
    known = about is not None and relation is not Relation.NEW and value == about.value
    if isinstance(value, bool):
        return value  # nobody says "true"; whether it can be one is its type's to say
    if not known and not grounding.holds_value(slot, value, rests_on, language=language):
        raise Falls("not_grounded")
    return proposed_values.as_kept(slot, value) if isinstance(value, str) else value


def _data(
    item: Mapping[str, Any], value: Any, guide: Guide, rests_on: Evidence, language: str
) -> dict[str, Any]:
    """The value and the further fields, as the type's schema wants them."""
    data: dict[str, Any] = {} if value is None else {"value": value}
    for field in item.get("fields") or ():
        given = field["value"]
        if given in (None, "", []):
            continue
        if not replies.can_be_kept(field) or len(str(given)) > MAX_VALUE:
            raise Falls("bad_data")
        if isinstance(given, bool) and not _may_be_bool(field["name"], guide, alone=False):
            raise Falls("bad_data")
        if not grounding.holds_value("", given, rests_on, language=language):
            raise Falls("not_grounded")
        data[field["name"]] = given
    if data and not Draft202012Validator(dict(guide.data_schema)).is_valid(data):
        raise Falls("bad_data")
    return data


def _may_be_bool(name: str, guide: Guide, *, alone: bool) -> bool:
    """Whether the type's schema says that this may be true or false. `alone`: and nothing else.

    The slots of a type share one schema: where texts fit too, a city would be `true`.
    """
    told = guide.data_schema.get("properties", {}).get(name, {})
    kinds = told.get("type", ()) if isinstance(told, Mapping) else ()
    kinds = {kinds} if isinstance(kinds, str) else set(kinds)
    return "boolean" in kinds and not (alone and kinds - {"boolean", "null"})


def _source(
    kind: str,
    text: str,
    relation: Relation,
    about: Neighbour | None,
    rests_on: Evidence,
    reading: Reading,
) -> tuple[Turn, float]:
    """The turn whose words they are, and how sure it can be at most."""
    turn = rests_on.turn
    if turn.role == "user":
        if not grounding.leans_on_answered(text, rests_on, language=reading.language):
            return turn, 1.0
        spoken, most = rests_on.answered or turn, AGREED_CONFIDENCE
    elif turn.role == "assistant" and evidence.is_confirmed(turn.index, reading.turns):
        spoken, most = turn, AGREED_CONFIDENCE
    elif turn.role == "assistant" and _is_deed(kind, text, relation):
        spoken, most = turn, DEED_CONFIDENCE
    else:
        raise Falls("not_said_by_person")
    confirms = relation is Relation.CONFIRMS and about is not None and most == AGREED_CONFIDENCE
    if not confirms and echoes.is_echo(text, reading.known, language=reading.language):
        raise Falls("echo")
    # What was agreed to may stand in a turn before those that are read: then the "yes" stands for
    # it. A turn is compared as a whole, for its index counts only among its own.
    return (spoken if spoken in reading.turns else turn), most


def _is_deed(kind: str, text: str, relation: Relation) -> bool:
    of_assistant = kind in _DEED_TYPES and relation is Relation.NEW
    return of_assistant and bool(_DEED.match(text)) and not speech_acts.is_question(text)


def _said(text: str, rests_on: Evidence, relation: Relation, language: str) -> None:
    if not grounding.is_grounded(text, rests_on, language=language):
        raise Falls("not_grounded")
    spoken = (*rests_on.earlier, *rests_on.with_answered)
    if not word_order.is_kept(text, spoken, language=language):
        raise Falls("words_put_together")
    # "I smoke" with the relation that it ended says the same as "I no longer smoke".
    takes_away = relation in (Relation.ENDS, Relation.FORGETS)
    if not takes_away and not grounding.agrees(text, rests_on, language=language):
        raise Falls("denied_or_affirmed_otherwise")


def _moment(written: str | None, turn: Turn) -> datetime | None:
    if not written or not written.strip():
        return None
    plain = written.strip()
    if _PART_OF_A_DATE.match(plain):
        plain = f"{plain}-01-01"[:10] if len(plain) == 4 else f"{plain}-01"  # noqa: PLR2004 - YYYY
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        raise Falls("bad_date") from None
    if found.year > turn.at.year + _YEARS_AHEAD:
        raise Falls("future_date")
    if found.year < _FIRST_YEAR:
        raise Falls("bad_date")
    return found if found.tzinfo else found.replace(tzinfo=turn.at.tzinfo)


def _share(number: float) -> float:
    return float(min(1.0, max(0.0, number)))
