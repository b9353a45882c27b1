"""Texts on their way into a prompt: one line each, that can be nothing but a text.

What people, tools and documents said may be written to look like a part of the prompt: a heading, a
reference, the end of a quotation, a turn of the conversation, or signs that nobody sees and a model
reads. None of that must work, and what was meant must stay readable.
"""

import re
import unicodedata

OPEN, CLOSE = "<quote>", "</quote>"
# Quotations are written in angle brackets, so nothing else may be.
_ANGLES = str.maketrans(
    dict.fromkeys("<\uff1c\ufe64\u3008\u27e8", "\u2039")
    | dict.fromkeys(">\uff1e\ufe65\u3009\u27e9", "\u203a")
)
# Joiners that scripts and emoji cannot do without; other format signs are invisible or turn text.
_JOINERS = "\u200c\u200d"
# Selectors of rare variants, any of which can carry a hidden byte.
_HIDDEN = re.compile("[\U000e0100-\U000e01ef\ufe00-\ufe0e\u115f\u1160\u3164\uffa0\u2800]")
_FENCES = re.compile(r"([`~])\1{2,}")
# References to memories, and the marks under which some models are told who speaks.
_MARKS = re.compile(
    r"\[(\s*/?\s*(?:m\s*\d+(?:\s*,\s*m\s*\d+)*|inst|sys(?:tem)?|assistant|user|tool|document|quote)\s*)\]",
    re.IGNORECASE,
)
# At the beginning of a line Markdown would take it for a heading, a list, a quotation or a rule.
_LEADING = re.compile(r"(?=#{1,6}(?:\s|$)|[-*+]\s|\d+[.)]\s|[-=_*]{3,}|\|)")
# Most texts hold nothing of the kind, and are looked at once.
_HARMLESS = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f .,;:!?'\"()/@%&€$_+-]*\Z")


def plain(text: str) -> str:
    """The text as one line of visible signs, without anything that marks parts of a prompt."""
    if _HARMLESS.match(text):
        return " ".join(text.split())
    shown = "".join(map(_visible, text))
    shown = _HIDDEN.sub("", shown).translate(_ANGLES)
    shown = _MARKS.sub(r"(\1)", _FENCES.sub("'''", shown))
    shown = " ".join(shown.split())
    return f"\\{shown}" if _LEADING.match(shown) else shown


def quoted(text: str) -> str:
    """The text between marks that say where it begins and ends; it cannot hold them itself."""
    return f"{OPEN}{plain(text)}{CLOSE}"


def is_well_fenced(text: str) -> bool:
    """Whether every quotation in it that is opened is closed, one after another."""
    marks = re.findall(f"{OPEN}|{CLOSE}", text)
    return marks == [OPEN, CLOSE] * (len(marks) // 2)


def _visible(sign: str) -> str:
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    if category[0] == "C" and sign not in _JOINERS:
        # Line ends of other systems are control signs, too, and part words.
        return " " if category == "Cc" else ""
    return sign
