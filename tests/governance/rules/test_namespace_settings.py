"""What a namespace may set, and what it need not."""

import dataclasses

import pytest

from governance.errors import InvalidInput, SettingsUnreadable
from governance.rules import namespace_settings
from governance.rules.namespace_settings import SCHEMA, NamespaceSettings

MODEL = "local:bge-small-en-v1.5"


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"embedding_model": "openai:text-embedding-3-small"},
        {"language": "german", "message_days": 0, "trace_days": 1},
        {"requests_per_minute": 0},
        {"default_strategy": "my-own_2"},
    ],
)
def test_what_may_be_set_passes(settings):
    namespace_settings.check(settings)


@pytest.mark.parametrize(
    ("settings", "at"),
    [
        ([], "settings"),
        ({"colour": "red"}, "settings"),
        ({"embedding_model": "bge"}, "settings.embedding_model"),
        ({"embedding_model": "other:bge"}, "settings.embedding_model"),
        ({"embedding_model": "local:"}, "settings.embedding_model"),
        ({"embedding_model": f"{MODEL}\n"}, "settings.embedding_model"),
        ({"language": "klingon"}, "settings.language"),
        ({"message_days": -1}, "settings.message_days"),
        ({"message_days": 3651}, "settings.message_days"),
        ({"message_days": "7"}, "settings.message_days"),
        ({"trace_days": 0}, "settings.trace_days"),
        ({"requests_per_minute": -1}, "settings.requests_per_minute"),
        ({"requests_per_minute": None}, "settings.requests_per_minute"),
        ({"default_strategy": "Mine"}, "settings.default_strategy"),
        ({"default_strategy": "mine\n"}, "settings.default_strategy"),
    ],
)
def test_what_may_not_be_set_is_named(settings, at):
    with pytest.raises(InvalidInput) as refusal:
        namespace_settings.check(settings)

    assert [error.field for error in refusal.value.fields] == [at]


def test_what_is_not_set_has_its_default():
    assert namespace_settings.read({"embedding_model": MODEL}) == NamespaceSettings(
        embedding_model=MODEL,
        language="english",
        message_days=7,
        trace_days=90,
        requests_per_minute=None,
        default_strategy="default",
    )


def test_each_setting_can_be_set_and_is_described():
    assert set(SCHEMA["properties"]) == {
        field.name for field in dataclasses.fields(NamespaceSettings)
    }
    assert all(one["description"] for one in SCHEMA["properties"].values())


def test_settings_of_another_version_are_read_as_far_as_they_are_known():
    read = namespace_settings.read({"of_tomorrow": 1, "message_days": 3})

    assert read.message_days == 3
    assert read.embedding_model == ""


@pytest.mark.parametrize(
    ("stored", "fields"),
    [
        ([], []),
        (None, []),
        ({"message_days": "soon"}, ["settings.message_days"]),
        ({"sensitive_purposes": 7, "language": None}, ["settings.sensitive_purposes"]),
    ],
)
def test_settings_that_cannot_be_read_are_said_to_be_so(stored, fields):
    with pytest.raises(SettingsUnreadable) as refused:
        namespace_settings.read(stored)

    assert [one.field for one in refused.value.fields] == fields
