"""Text that would steer the program instead of telling it something."""

import re

# What a system stands under; a person's own rules and restrictions are not meant.
_LAW = (
    r"(?:(?:previous|prior|above|earlier|system|hidden|safety|initial|original|your|all|any|these|"
    r"the|retention|content) (?:\w+ )?){1,4}(?:instructions?|rules?|prompts?|guidelines?|"
    r"polic(?:y|ies)|settings|restrictions?|filters?|training|programming|directives?)"
)
_POWERS = (
    r"(?:admin\w*|root|super ?user|developer mode|full access|unlimited|unrestricted|premium|"
    r"privileged?s?|pre-?approved|authori[sz]ed|verified|allowed to|permitted to|entitled to)"
)
_SETTING_ASIDE = (
    rf"\b(?:ignore|disregard|forget|override|bypass|overwrite|drop|do not follow|don['’]t follow|"
    rf"stop following)\b[^.!?]{{0,20}}\b{_LAW}\b",
    # Not "forget everything I told you": that one may ask.
    r"\b(?:ignore|disregard|forget) (?:everything|all|anything)\b(?! (?:that )?I\b)[^.!?]"
    r"{0,30}\b(?:above|before|told|said|previous)",
    r"\b(?:you|your) (?:have|has|are under|know) no (?:instructions|rules|guidelines|filters|"
    r"restrictions)\b",
    r"\bno matter what (?:your|the) \w+",
    r"\b(?:ignoriere|vergiss|missachte)\b[^.!?]{0,40}(?:anweisung|regel|vorgabe|richtlinie)",
    r"\b(?:ignore[sz]?|oublie[sz]?)\b[^.!?]{0,40}\b(?:instructions|consignes|règles)\b",
    r"\b(?:ignora|olvida)\b[^.!?]{0,40}\b(?:instrucciones|reglas|normas)\b",
)
_SPEAKING_AS_THE_SYSTEM = (
    r"^[ \t]*(?:assistant|developer|admin(?:istrator)?|root)\s*(?:prompt|message|note)?\s*[:>\])]",
    r"(?:^|[.!?][ \t])[ \t]*\W?system\s*(?:prompt|message|note|update)?\W?\s*[:>\])"
    r"(]+[^.!?]{0,40}\b(?:user|grant|remember|store|you|instructions?)\b",
    r"\b(?:begin|end|start)(?: of)? (?:of )?(?:the )?(?:system|admin\w*|developer|user) (?:update|"
    r"message|prompt|note|instructions?|override)",
    r"</?\s*(?:system|assistant|user|conversation|instructions?|tool|prompt|memory)\b[^>]*>",
    r"\[/?(?:INST|SYS(?:TEM)?|ASSISTANT)\]|<\|[^|]{1,30}\|>|<</?SYS>>|#{2,}\s*(?:system|"
    r"instructions?)",
    r"\b(?:your|the assistant['’]s) new (?:instructions?|rules?|orders?)\b|\b(?:new|updated) "
    r"(?:polic(?:y|ies)|instructions?|rules?|orders?) (?:from|by) (?:the |your )?(?:developer|"
    r"admin|system|owner)",
    r"\b(?:as|i['’]?m|i am) your (?:developer|creator|administrator|admin|operator|owner|master)\b",
    r"\bas (?:an? |the )?(?:admin\w*|root|super ?user|operator) I (?:may|can|must|am|have|order)\b",
    r"\bthe (?:assistant|chatbot|bot|ai) (?:shall|must (?:always|never|not|now))\b",
    r"\b(?:store|save|keep|record|remember|add|treat|accept)\b[^.!?]{0,40}\bas (?:an? |the )?"
    r"(?:\w+ )?(?:(?:rules?|polic(?:y|ies)|instructions?|commands?|orders?) (?:of|for|from|by) "
    r"(?:the |your )?(?:system|assistant|bot|ai|developer|operator)|system (?:rules?|instructions?|"
    r"commands?))\b",
)
_ANOTHER_PERSONA = (
    r"\byou are now (?:an? |the )?(?:(?-i:[A-Z]{2,})\b|\w* ?(?:ai|bot|model|assistant) (?:without|"
    r"with no)|unrestricted|free|in \w+ mode)",
    r"\b(?:jailbreak|developer mode|god mode|do anything now)\b|\b(?:unrestricted|uncensored) "
    r"(?:ai|bot|model|assistant)\b",
    r"\b(?:as if )?you (?:had|have|with) no (?:restrictions|limitations|filters|rules)\b",
    r"\byou must always obey\b|\bobey me\b",
)
_POWERS_BY_SAYING_SO = (
    rf"\b(?:this|the) user(?: is| has|['’]s role is| may| role)(?: now| an?| the|\s*=)* {_POWERS}",
    r"\buser role\s*[=:]",
    rf"\b(?:remember|store|save|note|record|update|add)\b[^.!?]{{0,40}}\b(?:I am|I['’]?m|user is|"
    rf"user has|I have|role is)\s+(?:an? |the |now )*{_POWERS}\b",
    r"\b(?:grant|give|assign|set|elevate|escalate)(?:ing|s)?\b (?:me|myself|us|the user|this user|"
    r"my|his|her|user|yourself)\b[^.!?]{0,30}\b(?:access to (?:all|every)|full access|privileges?|"
    r"permissions?|rights|role|admin\w*|root)\b",
    r"\bmy (?:permissions?|access|privileges?|clearance|role)(?: level)? (?:has|have|is|was|were) "
    r"(?:been )?(?:now )?(?:raised|set|changed|upgraded|elevated|extended) to\b",
    r"\brepeat after me\b|\bthe user is (?:now )?(?:the |an? )?(?:owner|creator|developer)\b",
    r"\bmake me (?:an? |the )?(?:admin\w*|root|super ?user|owner)\b",
    r"\bgib mir adminrechte|\b(?:merke? dir|speichere?)\b[^.!?]{0,40}\b(?:administrator|admin|root)"
    r"\b",
    r"\b(?:recuerda|retiens)\b[^.!?]{0,20}\b(?:que soy|que je suis) admin\w*",
    r"\b(?:refunds?|payments?|requests?|transactions?|claims?)\b[^.!?]{0,30}\b(?:pre-?approved|"
    r"need(?:s)? no approval)",
    r"\b(?:approve|authori[sz]e|execute|transfer|pay|accept|do what I)\b[^.!?]{0,40}\bwithout "
    r"(?:asking|checking|confirm\w*|verif\w*|any (?:check|confirm\w*|question|policy)|checking "
    r"any)",
)
_OVER_OTHERS = (
    r"\b(?:other|another|all|every) users?\b[^.!?]{0,40}\b(?:ask|remember|say|tell|answer|balance|"
    r"memor\w+|data)",
    r"\b(?:when|if|for|of|about)\b[^.!?]{0,20}\b(?:other|another|all|every) users?\b",
    r"\b(?:reveal|print|show|send|give|answers? only with)\b[^.!?]{0,40}\b(?:(?:system|hidden|"
    r"initial) prompt|api[ _-]?keys?|passwords|credentials|hidden instructions)\b",
    r"\btreat (?:every|any|all) (?:instruction|command)",
    r"\b(?:execute|run) (?:the following|this) (?:command|code|query|script|sql)\b",
)
_SHAPES = re.compile(
    "|".join(
        (
            *_SETTING_ASIDE,
            *_SPEAKING_AS_THE_SYSTEM,
            *_ANOTHER_PERSONA,
            *_POWERS_BY_SAYING_SO,
            *_OVER_OTHERS,
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)


# What is shaped like an instruction holds one of these; to look for them costs a hundredth.
_WORDS = """
    < [ instruction rule prompt guideline polic setting restriction filter training programming
    directive ignor disregard forget overrid bypass overwrit vergiss missacht oubli olvida system
    assistant developer admin root user creator operator owner master order bot super jailbreak
    unrestrict uncensor limitation obey unlimited premium privileg approv authori verified permi
    entitled access rights role clearance key password credential command code query script sql
    without
"""
_PHRASES = (
    "no matter", "above", "before", "told", "previous", "the ai", "are now", "mode", "anything now",
    "allowed to", "repeat after",
)  # fmt: skip
_TRIGGERS = (*_WORDS.split(), *_PHRASES)


def is_injection(message: str) -> bool:
    """Whether a message holds text that is shaped as an instruction to the system itself."""
    # As the pattern sees it, which takes a dotless i for an i.
    folded = message.casefold().replace("\u0131", "i").replace("i\u0307", "i")
    return any(one in folded for one in _TRIGGERS) and bool(_SHAPES.search(message))
