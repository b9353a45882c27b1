"""German, French and Spanish fill the slots that are most worth having."""

import pytest

from memories.rules import slot_patterns


def filled(clause):
    return {found.slot: found.value for found in slot_patterns.slots_in(clause)}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Ich heiße Katrin Vogel.", {"name": "Katrin Vogel"}),
        ("Ich bin letzten Monat nach Köln gezogen.", {"city": "Köln"}),
        (
            "Ich wohne in Leipzig und arbeite als Krankenpflegerin.",
            {"city": "Leipzig", "role": "Krankenpflegerin"},
        ),
        ("Ich arbeite bei Bosch.", {"employer": "Bosch"}),
        ("Bitte antworte auf Deutsch.", {"language": "de"}),
        ("Nenn mich Joe.", {"preferred_name": "Joe"}),
        ("Je m'appelle Chloé.", {"name": "Chloé"}),
        ("J'ai déménagé à Lille.", {"city": "Lille"}),
        ("Je travaille chez Airbus.", {"employer": "Airbus"}),
        ("Réponds-moi en français, s'il te plaît.", {"language": "fr"}),
        ("Me llamo Lucía.", {"name": "Lucía"}),
        ("Vivo en Colombia.", {"country": "Colombia"}),
        ("Trabajo en Telefónica como analista.", {"employer": "Telefónica", "role": "analista"}),
        ("A partir de ahora responde en español.", {"language": "es"}),
    ],
)
def test_a_sentence_fills_its_slot(clause, expected):
    assert filled(clause) == expected


@pytest.mark.parametrize(
    "clause",
    [
        "Ich arbeite nicht mehr bei Siemens.",
        "Je n'habite plus à Paris.",
        "No vivo en Madrid.",
        "Ya no trabajo en Seat.",
    ],
)
def test_what_is_over_fills_none(clause):
    assert filled(clause) == {}
