"""Whether what was said bears out what a model says of a known memory.

To confirm, change, end or forget reaches into what is kept: without a tie between the person's
words and that memory, the relation falls, and with those that only take away the candidate.
"""

import re
from collections.abc import Collection, Sequence

from memories.rules import grounding, passages, polarity, proposed_values, wording
from memories.rules.candidates import Relation
from memories.rules.evidence import Evidence
from memories.rules.passages import Passage
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
    r"\b(?:no longer|any ?more|used to|former\w*|stopp?\w*|quit\w*|g[ai]ven? (?:\w+ ){0,2}up|sold|"
    r"left|lost|died|moved (?:away|out)|moving (?:away|out)|"
    r"passed away|broke up|divorc\w*|cancel\w*|finish\w*|ended|over|done with|"
    r"switch\w*|aufge\w+|gekündigt|verkauft|verloren|gestorben|früher|arrêt\w*|quitt\w*|vendu\w*|"
    r"perdu\w*|mort\w*|dej[ée]\w*|vend[íi]\w*|perd[íi]\w*|muri[óo]|antes)\b",
    re.IGNORECASE,
)

_CHANGE = re.compile(
    r"\b(?:now(?:adays)?|instead|actually|these days|lately|since|meanwhile|new|chang\w*|prefer\w*|"
    r"rather|mov\w*|start\w*|correct\w*|wrong|jetzt|inzwischen|neu\w*|stattdessen|lieber|geändert|"
    r"maintenant|désormais|plutôt|nouve\w*|chang\w*|ahora|en vez|nuev\w*|cambi\w*)\b",
    re.IGNORECASE,
)
# In common with a memory, these say little: who loves tea may love jazz as well.
_GENERAL = frozenset(
    (
        "love loves loved like likes liked enjoy enjoys prefer prefers hate hates live lives lived "
        "work works worked want wants need needs mag liebe lebe wohne arbeite aime adore vis "
        "habite travaille gusta encanta vivo trabajo"
    ).split()
)
# Of what a slot's memory is changed by; the words of the memory itself need not occur.
_KIN = {
    "city": "moved move moving relocated umgezogen ziehe déménagé emménagé mudé mudado",
    "country": "moved move moving emigrated relocated ausgewandert émigré emigré",
    "employer": "job work hired fired resigned retired unemployed arbeit emploi empleo",
    "role": "job work promoted retired became beruf métier profesión",
}
# What asks for something to be forgotten, and says nothing of what.
_ASKING = frozenset(
    "please said say told tell mentioned wrote everything anything bitte gesagt dit dije".split()
)


def ties(about: Neighbour, passage: Passage, evidence: Evidence, *, language: str) -> bool:
    """Whether a passage speaks of that memory: by a word of it, or by pointing to it.

    "That is over" and "I stopped" speak of what was said just before; "I stopped smoking" does
    not.
    """
    if _shares(about, passage.words, language):
        return True
    if not _POINTS.search(passage.words) and _leftover(passage.words):
        return False
    answered = (evidence.answered.content,) if evidence.answered else ()
    return _shares(about, " ".join((passage.around, *answered, *evidence.nearby)), language)


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
    relation: Relation,
    about: Neighbour | None,
    evidence: Evidence,
    *,
    text: str,
    slot: str,
    language: str,
) -> Relation:
    """The relation that holds: NEW where one that takes nothing away is not borne out.

    `text` is the statement as the model put it: what reaches a memory must be said of that memory,
    and where the statement comes from. Raises Falls for one that would take something away.
    """
    if relation is Relation.FORGETS and not asks_to_forget(evidence):
        raise Falls("nobody_asked_to_forget")
    if about is None:
        return relation
    same_slot = bool(slot) and slot == about.slot
    match relation:
        case Relation.FORGETS:
            asked = [one for one in _sentences(evidence) if _FORGET.search(one.words)]
            if not any(ties(about, one, evidence, language=language) for one in asked):
                raise Falls("not_about_it")
        case Relation.ENDS:
            _ends(about, evidence, text, same_slot=same_slot, language=language)
        case Relation.CONFIRMS | Relation.CHANGES if not same_slot:
            bare = relation is Relation.CHANGES
            if not _speaks_of(about, evidence, text, bare=bare, language=language):
                return Relation.NEW
    return relation


def _ends(
    about: Neighbour, evidence: Evidence, text: str, *, same_slot: bool, language: str
) -> None:
    if only_repeats(about, evidence, language=language):
        raise Falls("not_ended")
    if evidence.denied and _shares(about, text, language):
        return  # "No" to "Do you live in Berlin?"
    tied = [
        one
        for one in _behind(text, evidence, language)
        if ties(about, one, evidence, language=language) or (same_slot and not _leftover(one.words))
    ]
    if not tied:
        raise Falls("not_about_it")
    if not any(_ENDING.search(one.words) or _denies(about, one.words, language) for one in tied):
        raise Falls("not_ended")


def _denies(about: Neighbour, clause: str, language: str) -> bool:
    """Whether a plain "not" is about the memory: "I don't live alone" says nothing of Bonn.

    It is where the clause names the memory's value, or nothing besides what the memory says.
    """
    if not polarity.is_negative(clause):
        return False
    if not isinstance(about.value, str):
        return True
    known = wording.content_words(_known(about))
    more = [
        word
        for word in wording.content_words(clause)
        if not any(wording.alike(word, one, language=language) for one in known)
    ]
    return not more or grounding.shares_a_word(about.value, clause, language=language)


def _speaks_of(
    about: Neighbour, evidence: Evidence, text: str, *, bare: bool, language: str
) -> bool:
    """Whether the statement is about the memory, or the turn says elsewhere that it is over.

    `bare`: a general word in common is enough only beside a word of change.
    """
    for one in _behind(text, evidence, language):
        changes = not bare or _CHANGE.search(one.words) or _is_over(one.words)
        left_out = () if changes else _GENERAL
        told = Passage(f"{one.words} {text}", one.around)
        if ties(about, _without(told, left_out), evidence, language=language):
            return True
    return any(
        _is_over(one.words) and ties(about, one, evidence, language=language)
        for one in passages.clauses(evidence.said)
    )


def _is_over(clause: str) -> bool:
    return bool(_ENDING.search(clause)) or polarity.is_negative(clause)


def _behind(text: str, evidence: Evidence, language: str) -> list[Passage]:
    """The clauses that the statement rests on: the person's, and those they said yes to."""
    own = passages.of(text, evidence.said, language=language)
    # "I had a flat in Bonn. I gave it up."
    pointing = [
        one
        for one in passages.clauses(evidence.said)
        if _POINTS.search(one.words) and grounding.shares_a_word(text, one.words, language=language)
    ]
    agreed = () if evidence.denied else evidence.with_answered[len(evidence.said) :]
    if not grounding.shares_a_word(text, " ".join(agreed), language=language):
        return [*own, *pointing]
    return [*own, *pointing, *passages.of(text, agreed, language=language)]


def _sentences(evidence: Evidence) -> list[Passage]:
    said = evidence.said
    return [Passage(one, " ".join(said[max(0, at - 1) : at + 1])) for at, one in enumerate(said)]


def _without(passage: Passage, left_out: Collection[str]) -> Passage:
    if not left_out:
        return passage
    kept = [word for word in wording.words(passage.words) if word not in left_out]
    return Passage(" ".join(kept), passage.around)


def _known(about: Neighbour) -> str:
    slot = about.slot
    return f"{about.text} {slot.replace('_', ' ')} {GLOSSES.get(slot, '')} {_KIN.get(slot, '')}"


def _shares(about: Neighbour, text: str, language: str) -> bool:
    return grounding.shares_a_word(_known(about), text, language=language)


def _leftover(clause: str) -> list[str]:
    """What a clause says besides that something ends or is to be forgotten."""
    bare = _FORGET.sub(" ", _ENDING.sub(" ", clause))
    return [word for word in wording.content_words(bare) if word not in _ASKING]


def _plain_clauses(said: Sequence[str]) -> list[str]:
    parts = [part for one in said for part in polarity.clauses(one)]
    return [one for one in parts if not polarity.is_negative(one) and not _ENDING.search(one)]


def _holds(wanted: Sequence[str], clause: str, language: str) -> bool:
    spoken = wording.content_words(clause)
    return bool(wanted) and all(
        any(wording.alike(word, one, language=language) for one in spoken) for word in wanted
    )
