"""What a sentence does: asks, thanks, orders, supposes, quotes, confirms, instructs, or tells."""

import re

from memories.rules.sentences import LEAD


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


_ASKS = _any(
    r"\?[\s\"'”’»)]*[^\w]*$",
    r"^\s*¿",
    rf"^{LEAD}*(?:what|why|how|who|whose|which|when|where)(?:['’]s|\s+(?:is|are|was|were|do|does|"
    r"did|can|could|should|would|will|much|many|long|far|often|to|about))\b",
    rf"^{LEAD}*(?:is|are|was|does|did|can|could|should|would|will|has|may|shall)\s+"
    r"(?:I|you|we|he|she|it|they|there|this|that|the)\b",
    rf"^{LEAD}*(?:do|have)\s+(?:I|you|we|they)\b",
    r"^(?:wie|was|wer|wo|wann|warum|wieso|welche[rsn]?|kannst du|können sie)\b",
    r"^(?:est-ce|qu['’]est-ce|comment|pourquoi|combien|où|quel(?:le)?s?|peux-tu|pouvez-vous)\b",
    r"^(?:qué|cómo|dónde|cuándo|por qué|cuánto|cuál|puedes|podrías)\b",
)
_NICETY = (
    r"(?:thanks?|thank you|thx|ty|cheers|merci|danke|gracias|obrigad[oa]|hi|hello|hey|hallo|hola|"
    r"bonjour|salut|good (?:morning|afternoon|evening|night|one|point|idea|job)|bye|goodbye|"
    r"see you|ciao|take care|welcome|ok(?:ay)?|k|alright|sure|fine|right|exactly|yes|yeah|yep|no|"
    r"nope|cool|great|nice|perfect|awesome|amazing|lovely|brilliant|wonderful|excellent|got it|"
    r"i see|i understand|understood|haha+|lol|hm+|wow|ah|oh|sorry|please|of course|indeed|"
    r"never ?mind|no (?:worries|problem)|forget it|happy \w+|congrat\w*|"
    r"sounds (?:good|great|delicious|fun|fair|perfect)|that(?:['’]s| is| was)? (?:helps?|worked|"
    r"works|great|right|fine|good|perfect|funny|interesting|correct|true|all|it|what i meant)|"
    r"much appreciated|interesting|not sure|maybe|let me (?:think|see|check)|i don['’]t know|"
    r"you(?:['’]re| are) (?:right|welcome|great|the best)|parfait|genau|perfecto|vale|"
    r"(?:now|next|first) what|continue|go on|go ahead)"
)
_FILLING = (
    r"(?:very much|a lot|so much|beaucoup|muchas|vielen|dank|again|everyone|there|"
    r"then|now|later|soon|tomorrow|for (?:that|this|the \w+|your \w+|now)|that|this|it|all|really|"
    r"about (?:it|that|this)|one|what you mean|as always|c['’]est|everything|[\W_])"
)
_COURTESY = re.compile(rf"^(?>{_NICETY}\b|{_FILLING})+$", re.IGNORECASE)

_STANDS = _any(
    r"\b(?:always|never|from now on|in (?:the )?future|going forward|every time|whenever|each time|"
    r"by default|at all times|from today)\b",
    r"\b(?:your|all|my) (?:answers?|replies|responses?|explanations?|examples?|summaries)\b",
    r"\bin (?:the |all |any )?(?:examples|code|anything|everything)\b",
    r"\b(?:with me|to me|me things|things to|for me in future|me by my|call me|address me)\b",
    r"\b(?:when|if) (?:you|we|I ask)\b",
    r"\b(?:ab (?:jetzt|sofort)|immer|künftig|in zukunft|désormais|toujours|dorénavant|à partir de "
    r"maintenant|a partir de ahora|de ahora en adelante|siempre|nunca)\b",
    r"^(?:please )?(?:don['’]t|do not|avoid|stop|no more) (?:ever |use |using |send |add|writ|call)"
    r"",
)
_ORDER = (
    r"(?:write|draft|compose|fix|debug|summari[sz]e|translate|proof ?read|rewrite|rephrase|correct|"
    r"edit|explain|describe|compare|list|tell|give|show|find|search|look up|recommend|suggest|"
    r"convert|calculate|compute|generate|create|make|build|run|rerun|test|check|review|analy[sz]e|"
    r"refactor|implement|add|remove|delete|update|change|print|plot|draw|sort|count|name|define|"
    r"solve|prove|plan|book|order|remind|set|schedule|send|open|help|shorten|expand|continue|"
    r"repeat|try|answer|imagine|pretend|act|play|think|guess|let['’]s|let us|forget|delete|say|"
    r"schreib|übersetze|erkläre|fasse|zeig|gib|écris|traduis|explique|résume|donne|montre|"
    r"escribe|traduce|explica|resume|dame|muestra|haz)"
)
_TASK = re.compile(
    rf"^{LEAD}*(?:(?:please|now|then|just|can you|could you|would you|will you|I(?:['’]d| would) "
    rf"like you to|I (?:need|want) you to|go ahead and|next|bitte|por favor)[\s,]+)*{_ORDER}\b",
    re.IGNORECASE,
)
_MATERIAL_FOLLOWS = re.compile(
    r":\s*(?:\S.*)?$|\b(?:following|below|this)\s+(?:\w+\s+)?(?:text|e-?mail|paragraph|sentence|"
    r"message|code|letter|article|passage|log|bio|story|poem)\b",
    re.IGNORECASE,
)
_IN_A_STORY = _any(r"\bin which\b", r"\bfrom the (?:perspective|point of view)\b")

_SUPPOSES = _any(
    r"\bif (?:I|we|my)\b",
    r"^(?:if|suppose|supposing|imagine|pretend|assume|assuming|let['’]s (?:say|assume|pretend)|"
    r"say I|hypothetically|what if|in theory)\b",
    r"\bI wish\b|\bwere I to\b|\bI would(?:n['’]t)? (?:have )?\w+ if\b",
    r"\b(?:wenn ich|falls ich|angenommen|si (?:j['’]|je|yo|me mudara|viviera)|imaginons|imagina)",
)
_QUOTES = _any(
    r"\b(?:says?|said|asks?|asked|tells?|told|writes?|wrote|goes|texted|replied|answers?|answered)"
    r"\b[^.!?]{0,30}[:“\"«]",
    r"^\s*[\"“«„].*[\"”»“]\W*$",
)
_REPORTS = _any(
    r"\b(?:he|she|they|someone|people|everyone|(?:my|our|the|his|her) \w+|[A-Z]\w+) "
    r"(?:says?|said|thinks?|thought|told|claims?|claimed|believes?|heard|asked|wrote)\b"
)
_QUOTED = re.compile(r"[\"“«„][^\"”»“]*[\"”»“]|(?<!\w)['‘][^'’]{6,}['’](?!\w)")

_CONFIRMS = re.compile(
    r"^\W*(?:yes|yep|yeah|yup|exactly|correct|right|indeed|absolutely|precisely|true|"
    r"that(?:['’]s| is) (?:right|correct|true|it)|you(?:['’]re| are) right|ja|genau|stimmt|richtig|"
    r"oui|c['’]est ça|exact(?:ement)?|sí|exacto|correcto)\b",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(r"\b(?:no|not|but|except|although|aber|mais|pero)\b|\?", re.IGNORECASE)
_LONGEST_CONFIRMATION = 60

_SELF = _any(
    r"\b(?:I|I['’](?:m|ve|d|ll)|me|my|mine|myself|we|us|our|ours)\b",
    r"\b(?:ich|mir|mich|mein(?:e[rnms]?)?|wir|uns|unser[en]?)\b",
    r"\b(?:je|moi|me|mon|ma|mes|nous|notre|nos)\b|\bj['’]|\bm['’]",
    r"\b(?:yo|mí|mi|mis|nosotr[oa]s|nuestr[oa]s?|vivo|trabajo|soy|tengo|prefiero|estoy|quiero|"
    r"puedo|uso|nac[íi])\b",
)

_LEANS = _any(r"^\W*(?:it|they|that|this|these|those|he|she)(?:['’]\w+)?\b")
_TO_YOU, _FROM_ME = _any(r"\byou"), _any(r"\bI\b|\bI['’]|\bmy\b")


def is_question(sentence: str) -> bool:
    """Whether it asks, with or without its question mark."""
    return bool(_ASKS.search(sentence))


def is_courtesy(sentence: str) -> bool:
    """Whether it is nothing but greeting, thanks, agreement or the like."""
    return bool(_COURTESY.match(sentence.strip()))


def is_standing(sentence: str) -> bool:
    """Whether it says how things are to be done from now on, not only this once."""
    return bool(_STANDS.search(sentence))


def is_task(sentence: str) -> bool:
    """Whether it orders something for this once."""
    return bool(_TASK.match(sentence)) and not is_standing(sentence)


def brings_material(sentence: str) -> bool:
    """Whether what follows in this message is text to work on, not the speaker's own words."""
    return bool(_TASK.match(sentence)) and bool(
        _MATERIAL_FOLLOWS.search(sentence) or _IN_A_STORY.search(sentence)
    )


def is_hypothetical(sentence: str) -> bool:
    """Whether it supposes what is not so."""
    return bool(_SUPPOSES.search(sentence))


def is_quotation(sentence: str) -> bool:
    """Whether it hands on another's words as they were said."""
    return bool(_QUOTES.search(sentence))


def own_words(sentence: str) -> str:
    """The sentence without what stands in quotation marks, up to what it says that others say."""
    unquoted = _QUOTED.sub("", sentence)
    report = _REPORTS.search(unquoted)
    return unquoted[: report.start()] if report else unquoted


def is_confirmation(message: str) -> bool:
    """Whether a message says yes to what was said before it, and takes nothing of it back."""
    head = message.strip()[:_LONGEST_CONFIRMATION]
    return bool(_CONFIRMS.match(head)) and not _TAKES_BACK.search(head)


def speaks_of_self(sentence: str) -> bool:
    """Whether the speaker, or the speaker's own, is in it."""
    return bool(_SELF.search(sentence))


def leans(sentence: str) -> bool:
    """Whether it says little without what was said before, or speaks of whom it is said to."""
    to_you = _TO_YOU.search(sentence) and not _FROM_ME.search(sentence)
    return bool(_LEANS.search(sentence) or to_you)
