"""What is said anew of the same thing, and otherwise, changes what was said; nothing else does."""

import pytest

from memories.rules import stances


def changed(new, old):
    one, other = (stances.stance(text, language="english") for text in (new, old))
    return bool(one and other and stances.changes(one, other))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I love coffee.", "I hate coffee now."),
        ("I hate coffee now.", "I love coffee again."),
        ("I like jazz.", "I love jazz."),
        ("I'm a big fan of jazz", "I'm not a fan of jazz any more."),
        ("I enjoy running.", "I can't stand running."),
        ("I'm a vegetarian.", "I'm vegan now."),
        ("I'm vegan.", "I'm eating meat again."),
        ("I've gone vegan last year", "I'm a pescatarian now"),
        ("I eat meat.", "I don't eat meat."),
        ("I don't eat meat.", "I eat meat now."),
        ("I no longer smoke.", "I smoke again."),
        ("Me gusta el café.", "Odio el café."),
    ],
)
def test_the_opposite_or_more_changes(old, new):
    assert changed(new, old)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I love coffee.", "I like coffee."),
        ("I love coffee.", "I love coffee!"),
        ("I love coffee in bed.", "I hate coffee."),
        ("I love coffee.", "I hate coffee from the canteen."),
        ("I love coffee.", "I hate tea."),
        ("My wife loves coffee.", "I hate coffee."),
        ("I'm a vegetarian.", "I'm cooking vegan food tonight."),
        ("I'm a vegetarian.", "My son is vegan now."),
        ("I'm vegan.", "I eat meat substitutes."),
        ("I eat meat.", "I don't eat meat on Fridays."),
        ("I eat meat.", "I wouldn't eat meat."),
        ("I play chess.", "I play chess with my brother."),
    ],
)
def test_anything_else_stands_beside_it(old, new):
    assert not changed(new, old)
