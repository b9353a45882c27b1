"""Extractors that say what a test needs; set by their path, as any extractor is."""

from memories.rules.candidates import Candidate


class EachMessage:
    """Keeps each message word for word, the last word as the value of the slot `topic`."""

    def propose(self, turns, *, types, embed, model=""):
        """One candidate for each turn."""
        del types, embed, model
        return [
            Candidate(
                type="profile",
                text=turn.content,
                message_index=turn.index,
                speaker=turn.speaker,
                slot="topic",
                data={"value": turn.content.split()[-1]},
                sensitivity="sensitive",
                confidence=0.7,
            )
            for turn in turns
        ]


class Nothing:
    """Finds nothing worth keeping."""

    def propose(self, turns, *, types, embed, model=""):
        """No candidate."""
        del turns, types, embed, model
        return []


class Broken:
    """Has an error in it."""

    def propose(self, turns, *, types, embed, model=""):
        """Raises ZeroDivisionError."""
        raise ZeroDivisionError


class BrokenReader:
    """Reads batches, and has an error in it."""

    name = made_by = "BrokenReader"
    model = prompt_version = ""
    reads_batches = True

    def __init__(self, model=""):
        del model

    def read(self, reading, meter):
        """Raises ZeroDivisionError."""
        raise ZeroDivisionError
