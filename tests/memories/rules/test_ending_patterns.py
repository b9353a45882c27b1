"""The expressions are sound, each with a form that it can fill."""

import re
import time

import pytest

from memories.rules import ending_patterns

ROWS = (*ending_patterns.ENDS, *ending_patterns.FORGETS)


@pytest.mark.parametrize(("expression", "form"), ROWS)
def test_a_template_names_groups_of_its_expression(expression, form):
    groups = re.compile(expression, re.IGNORECASE).groupindex

    named = re.findall(r"\\g<(\w+)>", form) if isinstance(form, str) else ["rest"]

    assert set(named) <= set(groups)


def test_long_sentences_are_read_in_no_time():
    sentence = "I don't " + "really want to go there and " * 20

    started = time.perf_counter()
    for expression, _ in ROWS:
        re.search(expression, sentence, re.IGNORECASE)

    assert time.perf_counter() - started < 0.5
