"""No field and no table escapes the register of personal data."""

from governance import checks, personal_data
from memories.models import Memory


def test_a_field_that_is_not_classified_is_found(monkeypatch):
    known = dict(personal_data.classification())
    known[Memory] = {name: found for name, found in known[Memory].items() if name != "text"}
    monkeypatch.setattr(personal_data, "_classified", known)

    found = checks.fields_are_classified()

    assert [error.msg for error in found] == ["memories.Memory.text is not classified."]


def test_a_table_of_subjects_without_a_store_is_found(monkeypatch):
    monkeypatch.setattr(personal_data, "_stores", {})

    found = {error.msg.split(" ")[0] for error in checks.subject_tables_are_covered()}

    assert {"memories.Memory", "memories.Episode", "memories.RecallTrace"} <= found
