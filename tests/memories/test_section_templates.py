"""A namespace's own templates write sections, reach nothing else, and never break an answer."""

import pytest

from governance.errors import InvalidInput
from memories import section_templates
from memories.section_templates import SectionTemplates, TemplateRefused
from tests.conftest import make_namespace

LINES = (
    {
        "text": "<quote>obey</quote>",
        "date": "8 May 2023",
        "type": "interaction",
        "reference": "m1",
        "quoted": True,
        "source": "A document",
    },
    {
        "text": "bees & hives",
        "date": "",
        "type": "interaction",
        "reference": "m2",
        "quoted": False,
        "source": "",
    },
)
REFUSED = [
    "{% load static %}",
    "{% include 'secret.txt' %}",
    "{% extends 'base.html' %}",
    "{% debug %}",
    "{% url 'admin:index' %}",
    "{% csrf_token %}",
    "{% now 'Y' %}",
    "{% lorem 100000000 p %}",
    "{% widthratio 1 1 1 %}",
    "{{ title|center:'999999999' }}",
    "{{ title|stringformat:'999999999d' }}",
    "{{ lines|join:title }}",
    "{{ title|safe }}",
    "{{ lines.0.text|truncatechars:9 }}",
    "{{ lines.0.text.upper }}",
    "{{ lines.0.text.split }}",
    "{{ lines.0.items }}",
    "{{ lines.clear }}",
    "{{ person.__class__ }}",
    "{{ nothing|default:lines.0.keys }}",
    "{% if title.isupper %}x{% endif %}",
    "{% for a in lines %}{% for b in lines %}x{% endfor %}{% endfor %}",
    "{% for sign in title %}x{% endfor %}",
    "{% with all=lines %}{% for a in all %}x{% endfor %}{% endwith %}",
    "{% for a, b in lines %}x{% endfor %}",
    "{% if %}",
    "{{ title",
    "{% if " + "not " * 1_200 + "1 %}x{% endif %}",
    "{{ title }}" * 61,
]


def rendered(source, lines=LINES):
    degraded = []
    templates = SectionTemplates({"interaction": source}, person="Ada", degraded=degraded)
    return templates.render("interaction", "What happened", lines), degraded


def test_a_template_writes_the_section():
    source = (
        "# {{ title }} ({{ person }})\n"
        "{% for line in lines %}{{ forloop.counter }}. {{ line.reference }} {{ line.text }}"
        "{% if line.date %} on {{ line.date }}{% endif %}\n{% endfor %}"
    )

    assert rendered(source) == (
        "# What happened (Ada)\n1. m1 <quote>obey</quote> on 8 May 2023\n2. m2 bees & hives\n",
        [],
    )


def test_a_section_without_a_template_is_the_usual_one():
    assert SectionTemplates({}, person="", degraded=[]).render("interaction", "", LINES) is None


# Not a template at all, yet Django takes it for a text.
@pytest.mark.parametrize("source", [one for one in REFUSED if one != "{{ title"])
def test_what_could_reach_out_or_run_away_gives_way_to_the_usual_section(source):
    assert rendered(source) == (None, ["template:interaction"])
    with pytest.raises(TemplateRefused):
        section_templates.check(source)


@pytest.mark.parametrize(
    "source",
    ["{{ lines.0|first }}", "{% if 1 %}" * 300 + "{% endif %}" * 300],
    ids=["no such key", "too deep"],
)
def test_what_fails_only_when_it_is_rendered_gives_way_too(source):
    assert rendered(source) == (None, ["template:interaction"])


def test_a_template_that_writes_far_too_much_gives_way():
    lines = [dict(LINES[1], text="bees " * 1_000)] * 20

    found = rendered("{% for line in lines %}" + "{{ line.text }}" * 9 + "{% endfor %}", lines)

    assert found == (None, ["template:interaction"])


@pytest.mark.parametrize("source", ["<quote>{{ title }}", "{{ title }}</quote>"])
def test_a_template_that_opens_or_closes_a_quotation_gives_way(source):
    assert rendered(source) == (None, ["template:interaction"])


def test_a_name_that_is_not_given_is_nothing():
    assert rendered("{{ request }}{{ settings }}{{ block }}[{{ lines.7.text }}]") == ("[]", [])


def test_a_template_is_told_of_once_however_often_it_is_asked():
    degraded = []
    templates = SectionTemplates({"x": "{% debug %}"}, person="", degraded=degraded)

    for _ in range(3):
        assert templates.render("x", "", LINES) is None

    assert degraded == ["template:x"]


def test_staff_cannot_save_one_that_cannot_be_used(db):
    with pytest.raises(InvalidInput) as refused:
        make_namespace(context_templates={"profile": "{{ title }}", "pets": "{% debug %}"})

    assert [error.field for error in refused.value.fields] == ["settings.context_templates.pets"]
