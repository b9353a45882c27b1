"""What a statement may rest on: whose words stand in a turn, and what stood just before."""

from collections.abc import Sequence
from dataclasses import dataclass

from memories.rules import injections, polarity, sentences, speech_acts
from memories.rules.candidates import Turn

# So few words answer a question rather than tell something anew.
LONGEST_ANSWER = 6
# Earlier turns of the person that "it" and "there" may point to.
_TURNS_BACK = 4
_POINTED_BACK = 2
_SPEAKERS = ("user", "assistant")
# As much of a sentence as is looked at for what it does.
_LOOKED_AT = 600


@dataclass(frozen=True, slots=True)
class Evidence:
    """`said` are the speaker's own sentences, `earlier` those of the same person's turns before.

    `answered` is the assistant's turn that they say yes to or answer, `denied` whether with no;
    `nearby` are the last turns before, whoever spoke: what "that" may point to.
    """

    turn: Turn
    said: tuple[str, ...]
    answered: Turn | None = None
    denied: bool = False
    earlier: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()

    @property
    def with_answered(self) -> tuple[str, ...]:
        """What was said, and what it answers."""
        if self.answered is None:
            return self.said
        return (*self.said, *sentences.split(self.answered.content))

    @property
    def vouched_for(self) -> tuple[str, ...]:
        """What was said, and what it says yes to: "No, Hamburg" says nothing for Berlin."""
        return self.said if self.denied else self.with_answered


def of(index: int, turns: Sequence[Turn], before: Sequence[Turn] = ()) -> Evidence:
    """What stands behind the turn at this index."""
    turn = turns[index]
    past = [*before, *turns[:index]]
    if turn.role != "user":
        return Evidence(turn, tuple(sentences.split(turn.content)))
    last = past[-1] if past else None
    answers = last is not None and last.role == "assistant" and _answers(turn.content, last.content)
    earlier = [one for one in past[-_TURNS_BACK:] if one.role == "user"]
    return Evidence(
        turn,
        tuple(own_sentences(turn.content)),
        last if answers else None,
        answers and polarity.is_negative(turn.content),
        tuple(said for one in earlier for said in own_sentences(one.content)),
        tuple(one.content for one in past[-_POINTED_BACK:] if one.role in _SPEAKERS),
    )


def own_sentences(content: str) -> list[str]:
    """The sentences of a person's message that are theirs and meant.

    Not code, quoted lines, text to work on, another's words, or what is only supposed.
    """
    found: list[str] = []
    for sentence in sentences.split(content):
        head = sentence[:_LOOKED_AT]
        if speech_acts.brings_material(head):
            break
        quotes = speech_acts.is_quotation(head)
        own = speech_acts.own_words(sentence) if quotes else sentence
        supposes = speech_acts.is_hypothetical(head) and not speech_acts.is_standing(head)
        if own.strip() and (quotes or not supposes):
            found.append(own)
    return found


def is_confirmed(index: int, turns: Sequence[Turn]) -> bool:
    """Whether the person says yes in the turn that follows an assistant's."""
    if index + 1 >= len(turns):
        return False
    following = turns[index + 1]
    return (
        following.role == "user"
        and speech_acts.is_confirmation(following.content)
        and not injections.is_injection(following.content)
    )


def _answers(content: str, question: str) -> bool:
    if speech_acts.is_confirmation(content):
        return True
    asked = sentences.split(question)
    return (
        len(content.split()) <= LONGEST_ANSWER
        and bool(asked)
        and speech_acts.is_question(asked[-1])
    )
