"""The extractor that asks a language model, and believes it only what it can look up."""

from django.conf import settings as site

from memories.providers import prompts
from memories.providers.llm import LanguageModel, Message, Reply
from memories.rules import proposal_shape, proposals
from memories.rules.readings import Meter, Proposed, Reading
from memories.rules.replies import Malformed

# Without a word of theirs there is nothing to read.
_SOURCES = ("user", "assistant")


class LanguageModelExtractor:
    """One call a reading, and a second only to mend a reply that could not be read."""

    name = "LanguageModelExtractor"
    prompt_version = prompts.VERSION
    reads_batches = True

    def __init__(self, model: str = "") -> None:
        self.model: str = model or site.LANGUAGE_MODEL
        self.made_by = f"{self.model}@{self.prompt_version}"

    def read(self, reading: Reading, meter: Meter) -> Proposed:
        """Raises ModelUnavailable, RequestRefused, and Malformed when the second fails too."""
        if not any(turn.role in _SOURCES and turn.content.strip() for turn in reading.turns):
            return Proposed()
        first = self._ask(prompts.extraction(reading), reading, meter)
        try:
            return proposals.parse(first.text, reading)
        except Malformed as why:
            meter.malformed += 1
            mended = self._ask(prompts.repair(reading, first, str(why)), reading, meter)
        try:
            return proposals.parse(mended.text, reading)
        except Malformed:
            meter.malformed += 1
            raise

    def _ask(self, messages: list[Message], reading: Reading, meter: Meter) -> Reply:
        model = LanguageModel(self.model)
        meter.calls += 1
        reply = model.chat(messages, schema=proposal_shape.reply_schema(reading.guides))
        meter.prompt += reply.prompt_tokens
        meter.completion += reply.completion_tokens
        return reply
