"""Words in every inflection, patterns within a time, types, categories."""

# ruff: noqa: RUF001 - signs that only look like others are what is tested

import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memories.rules import never_remember
from memories.rules.never_remember import MASK, Rule


def ready(*rules, language="english"):
    return never_remember.ready(
        [Rule(uuid.uuid4(), kind, value) for kind, value in rules], language=language
    )


def hits(text, *rules, **given):
    return [text[hit.start : hit.end] for hit in never_remember.find(text, ready(*rules, **given))]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("divorce", "We divorced in May", "divorced"),
        ("divorce", "two DIVORCES", "DIVORCES"),
        ("Élodie", "elodie called", "elodie"),
        ("elodie", "E\u0301lodie called", "E\u0301lodie"),
        ("Project X", "project-x is late", "project-x"),
        ("Ann", "Ann's cake", "Ann"),
        ("Straße", "die STRASSE", "STRASSE"),
        ("AB", "the ab plan", "ab"),
    ],
)
def test_a_word_is_found_in_any_case_accent_and_inflection(word, text, found):
    assert hits(text, ("word", word)) == [found]


def test_inflections_are_those_of_the_namespaces_language():
    assert hits("Meine Scheidungen", ("word", "Scheidung"), language="german") == ["Scheidungen"]


@pytest.mark.parametrize(
    ("word", "text"),
    [("cat", "concatenate"), ("ab", "abs"), ("Project X", "project y x"), ("Rome", "Romeo")],
)
def test_a_word_within_another_is_not_found(word, text):
    assert hits(text, ("word", word)) == []


def test_a_pattern_is_found():
    assert hits("order AB-1234 now", ("pattern", r"ab-\d{4}")) == ["AB-1234"]


def test_a_pattern_that_takes_too_long_counts_as_found_in_all_of_the_text():
    forbidden = ready(("pattern", r"(x+x+)+y"))
    text = "x" * 5_000
    started = time.monotonic()

    found = [never_remember.find(text, forbidden) for _ in range(20)]

    assert all((hit.start, hit.end) == (0, len(text)) for (hit,) in found)
    # Cut off a few times, then not tried again.
    assert time.monotonic() - started < 20 * never_remember.TIMEOUT_SECONDS


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(", "no regular expression"),
        ("a*", "empty text"),
        ("(a+)+$", "too long"),
        ("((a{9999}){9999}){9999}", "repeats too much"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_told_why(pattern, reason):
    assert reason in never_remember.why_unusable(pattern)


@pytest.mark.parametrize("pattern", [r"\bproject[- ]x\b", "foo|bar", r"\d{3}-\d{4}"])
def test_a_pattern_that_can_be_used_is(pattern):
    assert never_remember.why_unusable(pattern) is None


@pytest.mark.parametrize("value", ["...", " ", "🐝"])
def test_a_word_needs_a_letter(value):
    assert never_remember.why_no_words(value)


def test_a_type_is_forbidden_by_its_name():
    forbidden = ready(("type", "profile"))

    assert never_remember.of_type("profile", forbidden)
    assert never_remember.of_type("preference", forbidden) is None


@pytest.mark.parametrize(
    ("rule", "category", "forbidden"),
    [
        ("health", "special:health", True),
        ("Health", "health", True),
        ("special:health", "special:health", True),
        ("special:health", "health", False),
        ("email_address", "personal:email_address", True),
        ("health", "wealth", False),
    ],
)
def test_a_category_is_forbidden_with_or_without_its_group(rule, category, forbidden):
    found = never_remember.of_categories([category], ready(("category", rule)))

    assert (found is not None) is forbidden


def without(text, *rules):
    found = never_remember.find(text, ready(*rules))
    return never_remember.without(text, [(hit.start, hit.end) for hit in found])


def test_the_whole_sentence_goes_and_the_others_stay():
    assert without("I like bees. Tim left me. We moved.", ("word", "Tim")) == (
        f"I like bees. {MASK} We moved."
    )


def test_in_code_and_quotations_the_line_goes():
    text = "See:\n```\nname = tim\nage = 3\n```\n> Tim said so\nBye."

    assert without(text, ("word", "tim")) == f"See:\n```\n{MASK}\nage = 3\n```\n{MASK}\nBye."


def test_a_match_across_two_sentences_takes_both():
    assert without("He left. Tim came. Bye.", ("pattern", r"left\. Tim")) == f"{MASK} Bye."


@given(st.text(max_size=200), st.sampled_from(["a", "tim", "der"]))
def test_what_was_found_is_not_found_again(text, word):
    rules = ("word", word)

    assert hits(without(text, rules), rules) == []


def test_no_rules_are_false_and_any_is_true():
    assert not ready()
    assert ready(("type", "profile"))


@pytest.mark.parametrize(
    "hidden", ["t\u200bulips", "tu\u200dlips", "t\u00adul\u200cips", "ｔｕｌｉｐｓ", "t\u034fulips"]
)
def test_signs_that_show_nothing_hide_no_word(hidden):
    text = f"I like {hidden}."

    (hit,) = never_remember.find(text, ready(("word", "tulips")))

    assert never_remember.without(text, [(hit.start, hit.end)]) == MASK


def test_a_pattern_finds_what_is_hidden_too():
    hidden = "P\u200dX-12\u200d34"

    assert hits(f"it is {hidden}", ("pattern", r"PX-\d{4}")) == [hidden]


def test_a_word_written_with_a_joiner_forbids_itself():
    word = "می\u200cخواهم"

    assert word in hits(f"{word} بروم", ("word", word))
