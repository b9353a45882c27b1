"""How delicate a memory is."""

from enum import StrEnum


class Sensitivity(StrEnum):
    """From least to most delicate; a derived memory takes the highest of its sources."""

    NORMAL = "normal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"
    SPECIAL = "special"  # GDPR Art. 9


ORDER = tuple(level.value for level in Sensitivity)
CHOICES = [
    ("normal", "Normal"),
    ("personal", "Personal"),
    ("sensitive", "Sensitive"),
    ("special", "Special category (GDPR Art. 9)"),
]


def higher(one: str, other: str) -> str:
    """The more delicate of two."""
    return max(one, other, key=ORDER.index)
