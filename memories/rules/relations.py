"""Whether what was said bears out what a model says of a known memory.

To confirm, change, end or forget reaches into what is kept: without a tie between the person's
words and that memory, the relation falls, and with those that only take away the candidate.
"""

import re
from collections.abc import Sequence

from memories.rules import grounding, polarity, proposed_values, wording
from memories.rules.candidates import Relation
from memories.rules.evidence import Evidence
from memories.rules.readings import Neighbour
from memories.rules.replies import Falls
from memories.rules.statements import GLOSSES

# "Don't forget" asks for the contrary.
_FORGET = re.compile(
    r"(?<!don['’]t )(?<!not )(?<!never )\b(?:forget|erase|delete|remove|drop|scratch|strike|"
    r"unlearn|vergiss|vergessen|lösch\w*|streich\w*|entfern\w*|oublie\w*|efface\w*|supprime\w*|olvid\w*|"
    r"borra\w*|elimina\w*)\b|\b(?:don['’]t|do not|stop|never) (?:remember|stor|keep|sav)\w*|"
    r"\bnicht (?:mehr )?(?:merken|speichern)\b|\bne (?:retiens|garde)\w* pas\b|\bno (?:recuerdes|"
    r"guardes)\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"\b(?:it|that|this|those|these|them|there|he|she|him|her|das|dies\w*|es|davon|dort|ihn|sie|ça|"
    r"cela|ce|y|en|lui|eso|esto|ello|lo|la|allí)\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\b(?:no longer|any ?more|used to|former\w*|stopp?\w*|quit\w*|gave up|given up|give up|sold|"
    r"left|lost|died|passed away|broke up|divorc\w*|cancel\w*|finish\w*|ended|over|done with|"
    r"switch\w*|aufge\w+|gekündigt|verkauft|verloren|gestorben|früher|arrêt\w*|quitt\w*|vendu\w*|"
    r"perdu\w*|mort\w*|dej[ée]\w*|vend[íi]\w*|perd[íi]\w*|muri[óo]|antes)\b",
    re.IGNORECASE,
)

# With a word of change, what is new may share no word with what it takes the place of.
_CHANGE = re.compile(
    r"\b(?:now(?:adays)?|instead|actually|these days|lately|since|meanwhile|new|chang\w*|prefer\w*|"
    r"rather|mov\w*|start\w*|correct\w*|wrong|jetzt|inzwischen|neu\w*|stattdessen|lieber|geändert|"
    r"maintenant|désormais|plutôt|nouve\w*|chang\w*|ahora|en vez|nuev\w*|cambi\w*)\b",
    re.IGNORECASE,
)


def tie(about: Neighbour, evidence: Evidence, *, slot: str, language: str) -> bool:
    """Whether the exchange speaks of that memory: by a word of it, or by its slot."""
    if about.slot and about.slot == slot:
        return True
    known = f"{about.text} {about.slot.replace('_', ' ')} {GLOSSES.get(about.slot, '')}"
    spoken = evidence.with_answered
    # "That is over", "I stopped" speak of what was said just before; "Nice, thanks" of nothing.
    if any(_POINTS.search(one) or _ENDING.search(one) for one in evidence.said):
        spoken = (*spoken, *evidence.nearby)
    return grounding.shares_a_word(known, " ".join(spoken), language=language)


def asks_to_forget(evidence: Evidence) -> bool:
    """Whether the person asks for something to be forgotten."""
    return evidence.turn.role == "user" and any(map(_FORGET.search, evidence.said))


def only_repeats(about: Neighbour, evidence: Evidence, *, language: str) -> bool:
    """Whether the person says that memory again as it stands, without a word of its end."""
    wanted = wording.content_words(about.text)
    return any(_holds(wanted, clause, language) for clause in _plain_clauses(evidence.said))


def contradicts(value: object, about: Neighbour) -> bool:
    """Whether a value given as a confirmation is another than the one that is known."""
    if value is None or about.value is None:
        return False
    if isinstance(value, str) and isinstance(about.value, str):
        kept = [proposed_values.as_kept(about.slot, one) for one in (value, about.value)]
        return wording.folded(kept[0]) != wording.folded(kept[1])
    return bool(value != about.value)


def settled(
    relation: Relation, about: Neighbour | None, evidence: Evidence, *, slot: str, language: str
) -> Relation:
    """The relation that holds: NEW where one that takes nothing away is not borne out.

    Raises Falls for one that would take something away.
    """
    tied = about is None or tie(about, evidence, slot=slot, language=language)
    match relation:
        case Relation.FORGETS if not asks_to_forget(evidence):
            raise Falls("nobody_asked_to_forget")
        case Relation.FORGETS | Relation.ENDS if not tied:
            raise Falls("not_about_it")
        case Relation.ENDS if about and only_repeats(about, evidence, language=language):
            raise Falls("not_ended")
        case Relation.ENDS if about and not _speaks_of_an_end(about, evidence, slot=slot):
            raise Falls("not_ended")
        case Relation.CONFIRMS if not tied:
            return Relation.NEW
        case Relation.CHANGES if not tied and not _speaks_of_change(evidence):
            return Relation.NEW
    return relation


def _speaks_of_an_end(about: Neighbour, evidence: Evidence, *, slot: str) -> bool:
    """Whether the person says that something is over; a slot's new state says it of the slot."""
    if about.slot and about.slot == slot:
        return True
    return any(_ENDING.search(one) or polarity.is_negative(one) for one in evidence.said)


def _speaks_of_change(evidence: Evidence) -> bool:
    said = evidence.said
    return any(
        _CHANGE.search(one) or _ENDING.search(one) or polarity.is_negative(one) for one in said
    )


def _plain_clauses(said: Sequence[str]) -> list[str]:
    parts = [part for one in said for part in polarity.clauses(one)]
    return [one for one in parts if not polarity.is_negative(one) and not _ENDING.search(one)]


def _holds(wanted: Sequence[str], clause: str, language: str) -> bool:
    spoken = wording.content_words(clause)
    return bool(wanted) and all(
        any(wording.alike(word, one, language=language) for one in spoken) for word in wanted
    )
