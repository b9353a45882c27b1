"""Shows a verb's refusal on the form it came from."""

from typing import TYPE_CHECKING, Any

from django import forms

from governance.errors import InvalidInput

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

ModelForm = _ModelForm


def show(refusal: InvalidInput, *, form: forms.BaseForm, below: str = "") -> None:
    """Put each error on its field, or above the form when the form has no such field.

    `below`: the path under which the form's fields stand, such as `settings`.
    """
    for error in refusal.fields:
        path = error.field.removeprefix(f"{below}.") if below else error.field
        name, _, inside = path.partition(".")
        message = f"{inside}: {error.message}" if inside else error.message
        form.add_error(name if name in form.fields else None, message)
