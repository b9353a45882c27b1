"""Which sentences of an episode tell something of the person, before it is asked what kind."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from memories.rules import (
    endings,
    injections,
    self_repairs,
    sentences,
    slot_patterns,
    speech_acts,
)
from memories.rules.candidates import Relation, Turn
from memories.rules.endings import SlotName, TakenBack
from memories.rules.slot_patterns import Slot

# Longer ones are pasted text or lists, and slow to match.
MAX_CHARACTERS = 600
_FEWEST_WORDS = 2

_TAG = re.compile(
    r"[,;–-]?\s*(?:(?:is|am|are|do|don['’]t|isn['’]t|aren['’]t) (?:that|I|you|it)(?: right| "
    r"correct)?|is (?:that|this) (?:right|correct)|right|correct|yes|no)?\s*\?\s*$",
    re.IGNORECASE,
)
_OF_YOU = re.compile(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
# Advice, offers and questions are not statements about the person, whatever is answered.
_ADVISES = re.compile(
    r"\b(?:I|me|let['’]s|we|should|could|can|may|might|must|would|will|shall|try|consider|if|want "
    r"me|need to|have to|please|make sure|recommend|thank|glad|hope|how|what|which|when|where|why|"
    r"who)\b|^(?:do|are|is|did|have|were) ",
    re.IGNORECASE,
)
_TO_FIRST_PERSON = (
    (re.compile(r"\byou['’]re\b|\byou are\b", re.IGNORECASE), "I'm"),
    (re.compile(r"\byou were\b", re.IGNORECASE), "I was"),
    (re.compile(r"\byou\b", re.IGNORECASE), "I"),
    (re.compile(r"\byours\b", re.IGNORECASE), "mine"),
    (re.compile(r"\byourself\b", re.IGNORECASE), "myself"),
    (re.compile(r"\byour\b", re.IGNORECASE), "my"),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement about the person. `text` is verbatim; `read_as` is what is classified of it.

    `confirmed`: the assistant said it and the person agreed. Of what ends or is to be forgotten
    `text` is what would have told it, and `emptied` are the slots that were named without a value.
    """

    turn: Turn
    text: str
    read_as: str
    slots: tuple[Slot, ...] = ()
    standing: bool = False
    confirmed: bool = False
    relation: Relation = Relation.NEW
    # The words of the telling before it, which ends something, and nothing besides.
    unless_retracted: bool = False
    emptied: tuple[SlotName, ...] = ()


def told(turns: Sequence[Turn]) -> list[Telling]:
    """What the turns tell of the person, in their order.

    System and tool turns tell nothing, nor does a message that would instruct the system; the
    assistant's words count only where the next turn agrees with them.
    """
    found: list[Telling] = []
    before: Turn | None = None
    for turn in turns:
        if turn.role == "user" and not injections.is_injection(turn.content):
            if before is not None and speech_acts.is_confirmation(turn.content):
                found += _confirmed(before)
            _take(found, _of_others(_own(turn)) if _is_another(turn, turns) else _own(turn))
        before = turn
    return found


def _is_another(turn: Turn, turns: Sequence[Turn]) -> bool:
    """Whether a turn is by somebody else than the first who is named: the person is one."""
    names = [one.name.casefold() for one in turns if one.role == "user" and one.name]
    return bool(turn.name and names) and (turn.name or "").casefold() != names[0]


def _of_others(own: Iterator[Telling]) -> Iterator[Telling]:
    """What another tells, in words only: it fills none of the person's slots and ends nothing."""
    for telling in own:
        if telling.relation is Relation.NEW:
            yield replace(telling, slots=(), unless_retracted=False)


def _take(found: list[Telling], own: Iterator[Telling]) -> None:
    """Add what a turn tells. "Forget that" is about what was told last, and unsays it."""
    for telling in own:
        if telling.relation is not Relation.FORGETS or telling.text:
            found.append(telling)
        elif found:
            last = found.pop()
            found.append(replace(last, turn=telling.turn, relation=telling.relation))


def _own(turn: Turn) -> Iterator[Telling]:
    after_order = False
    for said in sentences.split(turn.content):
        sentence, taken_back = said, _taken_back(said)
        if taken_back is not None:
            yield _retraction(turn, taken_back)
            # What is to be forgotten is not to be read once more.
            sentence = taken_back.rest if _forgets(taken_back) else said
        if speech_acts.brings_material(sentence[:MAX_CHARACTERS]):
            return
        if len(sentence) > MAX_CHARACTERS or _tells_nothing(sentence):
            continue
        ends = taken_back is not None and not _forgets(taken_back)
        tellings = _in_sentence(turn, sentence, after_order=after_order, ends=ends)
        if not any(telling.slots for telling in tellings) and speech_acts.is_task(sentence):
            after_order = True
            continue
        yield from filter(_is_worth_asking, tellings)


def _taken_back(sentence: str) -> TakenBack | None:
    if len(sentence) > MAX_CHARACTERS or speech_acts.is_hypothetical(sentence):
        return None
    return endings.taken_back(speech_acts.own_words(sentence))


def _forgets(taken_back: TakenBack) -> bool:
    return taken_back.relation is Relation.FORGETS


def _retraction(turn: Turn, taken_back: TakenBack) -> Telling:
    statement = taken_back.statement
    return Telling(
        turn,
        text=statement,
        read_as=statement,
        slots=tuple(slot_patterns.slots_in(statement)),
        relation=taken_back.relation,
        emptied=taken_back.slots,
    )


def _tells_nothing(sentence: str) -> bool:
    return speech_acts.is_courtesy(sentence) or speech_acts.is_quotation(sentence)


def _in_sentence(turn: Turn, sentence: str, *, after_order: bool, ends: bool) -> list[Telling]:
    """A clause for each when one of them fills a slot or it ends something, else the whole."""
    repaired = self_repairs.repaired(sentence)
    if repaired != sentence:
        telling = _telling(turn, repaired, after_order)
        if telling.slots:
            return [replace(telling, text=sentences.without_lead(sentence))]
    parts = [_telling(turn, part, after_order) for part in sentences.clauses(sentence)]
    if ends:
        return [_once_ended(part, alone=len(parts) == 1) for part in parts]
    if len(parts) > 1 and not any(part.slots for part in parts):
        return [_telling(turn, sentences.without_lead(sentence), after_order)]
    return parts


def _once_ended(telling: Telling, *, alone: bool) -> Telling:
    ends = alone or _taken_back(telling.text) is not None
    return replace(telling, unless_retracted=ends and not telling.slots)


def _telling(turn: Turn, text: str, after_order: bool) -> Telling:
    standing = speech_acts.is_standing(text)
    slots = slot_patterns.slots_in(text)
    if after_order and not standing:
        # "Write to Bob. Keep it short." wishes nothing for the next letter.
        slots = [slot for slot in slots if not slot.asked]
    return Telling(turn, text, text, tuple(slots), standing)


def _is_worth_asking(telling: Telling) -> bool:
    if telling.slots:
        return True
    text = telling.text
    if speech_acts.is_question(text) or len(text.split()) < _FEWEST_WORDS:
        return False
    return telling.standing or not speech_acts.is_hypothetical(text)


def _confirmed(turn: Turn) -> list[Telling]:
    """The one sentence of an assistant's turn that is about the person; none if there are more."""
    if turn.role != "assistant":
        return []
    about = [said for said in sentences.split(turn.content) if _OF_YOU.search(said)]
    if len(about) != 1 or len(about[0]) > MAX_CHARACTERS:
        return []
    plain = _TAG.sub("", about[0])
    if _ADVISES.search(plain):
        return []
    for second_person, first_person in _TO_FIRST_PERSON:
        plain = second_person.sub(first_person, plain)
    telling = _telling(turn, sentences.without_lead(plain), after_order=False)
    return [replace(telling, text=about[0], confirmed=True)]
