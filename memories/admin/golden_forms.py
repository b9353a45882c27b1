"""What staff type of a golden case, as the verbs take it."""

import json
import re
from typing import Any

from django import forms
from django.utils.html import format_html

from governance.errors import DomainError
from governance.models import Namespace
from governance.staff_pages import asking
from memories.models import GoldenCase
from memories.rules import golden_cases

_EXAMPLE = (
    '[{"type": "profile", "text": "I live in Delft.", "slot": "city", "data": {"value": "Delft"}},'
    ' {"type": "interaction", "text": "We planted tulips."}]'
)
_PLACE = re.compile(r"\[(\d+)\]")


class Lines(forms.CharField):
    """A list of texts, one in each line."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def to_python(self, value: Any) -> Any:
        """The lines that hold something."""
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        """A list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def validate(self, value: Any) -> None:
        """The rule judges the whole case."""


class Statements(forms.JSONField):
    """A list of statements, readable."""

    widget = forms.Textarea(attrs={"rows": 6, "class": "vLargeTextField"})

    def prepare_value(self, value: Any) -> Any:
        """No statements as an empty field."""
        if isinstance(value, list):
            return json.dumps(value, indent=1, ensure_ascii=False) if value else ""
        return super().prepare_value(value) if value is not None else ""


class CaseForm(forms.Form):
    """A golden case, whole."""

    name = forms.CharField(
        max_length=golden_cases.MAX_NAME, widget=forms.TextInput(attrs={"class": "vTextField"})
    )
    query = forms.CharField(
        max_length=golden_cases.MAX_QUERY,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="What is asked, as a bot would send it to recall.",
    )
    strategy = forms.CharField(
        required=False, max_length=48, help_text="Empty: the namespace's default."
    )
    fixture = Statements(
        required=False,
        help_text=format_html(
            "Statements to ask about, in the order in which they were said; they are kept apart"
            " from everybody's memories. Each has a type and a text, and may have a slot and data:"
            "<br><code>{}</code>",
            _EXAMPLE,
        ),
    )
    subject_id = forms.UUIDField(
        required=False,
        label="Subject",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Instead of a fixture: the id of the person whose memories are asked about.",
    )
    must = Lines(
        required=False,
        label="Must come",
        help_text="One a line: a memory's id (of a person only), or words that the text of one"
        " recalled memory must hold, in any order.",
    )
    must_not = Lines(
        required=False, label="Must not come", help_text="The same, of what must stay away."
    )
    active = forms.BooleanField(required=False, initial=True, help_text="Asked each night.")

    def clean_fixture(self) -> Any:
        """An empty field means no statements."""
        return self.cleaned_data["fixture"] or []

    def fields_of_the_case(self) -> dict[str, Any]:
        """What was typed, as the verbs take it."""
        return {name: self.cleaned_data[name] for name in (*golden_cases.SCHEMAS, "subject_id")}

    def show(self, refusal: DomainError) -> None:
        """Put a verb's refusal on the fields it names."""
        if not refusal.fields:
            self.add_error(None, str(refusal))
        for error in refusal.fields:
            # must[0] is the first line of `must`.
            path = _PLACE.sub(lambda found: f".{int(found[1]) + 1}", error.field)
            name, _, inside = path.partition(".")
            name = {"subject": "subject_id"}.get(name, name)
            told = f"{inside}: {error.message}" if inside else error.message
            self.add_error(name if name in self.fields else None, told)


class NewCaseForm(CaseForm):
    """A golden case for one of the namespaces."""

    namespace = asking.NamespaceChoice(Namespace.objects.none())
    field_order = ("namespace",)


def written(case: GoldenCase) -> dict[str, Any]:
    """A case as the form shows it."""
    return {name: getattr(case, name) for name in (*golden_cases.SCHEMAS, "subject_id")}
