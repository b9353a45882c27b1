"""Text that would steer the program instead of telling it something."""

import re

_SHAPES = re.compile(
    "|".join(
        (
            # Setting aside what stands.
            r"\b(?:ignore|disregard|forget|override|bypass|overwrite)\b[^.!?]{0,40}\b(?:instructions?|"
            r"rules?|prompts?|guidelines?|polic(?:y|ies)|safety|restrictions?|training|programming)\b",
            r"\b(?:ignoriere|vergiss|missachte)\b[^.!?]{0,40}\b(?:anweisung|regel|vorgabe|richtlinie)",
            r"\b(?:ignore[sz]?|oublie[sz]?)\b[^.!?]{0,40}\b(?:instructions?|consignes?|règles?)\b",
            r"\b(?:ignora|olvida)\b[^.!?]{0,40}\b(?:instrucciones|reglas|normas)\b",
            # Speaking as the system.
            r"^\s*(?:system|assistant|developer|admin(?:istrator)?|root)\s*(?:prompt|message|note)?"
            r"\s*(?::|>|\]|\))",
            r"</?\s*(?:system|assistant|user|conversation|instructions?|tool|prompt|memory)\b[^>]*>",
            r"\[/?(?:INST|SYS(?:TEM)?|ASSISTANT)\]|<\|[^|]{1,30}\|>|<</?SYS>>|#{2,}\s*(?:system|"
            r"instructions?)\b",
            r"\b(?:new|updated) (?:policy|instructions?|rules?|orders?|directives?) (?:from|by|for)\b",
            # Another persona, without limits.
            r"\byou are now\b|\b(?:no|without(?: any)?) (?:restrictions|limitations|filters)\b",
            r"\b(?:jailbreak|developer mode|god mode|do anything now)\b",
            # Powers that nobody gets by saying so.
            r"\b(?:grant|give|assign)(?:ing|s|ed)?\b[^.!?]{0,30}\b(?:access|privileges?|permissions?|"
            r"rights|role of|admin\w*|root)\b",
            r"\b(?:remember|store|save|note|record|add)\b[^.!?]{0,40}\b(?:I am|I'm|user is|role is|role "
            r"?=)\s*(?:an? |the |now )*(?:admin\w*|root|super ?user|developer of|verified|authori[sz]ed|"
            r"pre-?approved|system)\b",
            r"\b(?:merke? dir|speichere?)\b[^.!?]{0,40}\b(?:administrator|admin|root)\b",
            r"\bI (?:am|have) (?:admin(?:istrator)? (?:access|rights|privileges)|root access|superuser)",
            r"\bpre-?approved\b|\b(?:approve|authori[sz]e|execute|transfer|pay|accept|do what I)\b"
            r"[^.!?]{0,40}\bwithout (?:asking|checking|confirm|verif|any (?:check|confirm|question))",
            r"\buser (?:is verified|role)\b",
            r"\b(?:reveal|print|show|send|answers?)\b[^.!?]{0,40}\b(?:system prompt|api[ _-]?keys?|"
            r"passwords?|credentials|hidden instructions)\b",
        )
    ),
    re.IGNORECASE | re.MULTILINE,
)


def is_injection(message: str) -> bool:
    """Whether a message holds text that is shaped as an instruction to the system itself."""
    return bool(_SHAPES.search(message))
