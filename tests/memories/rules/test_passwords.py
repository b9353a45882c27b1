"""Passwords that are told in prose."""

import pytest

from memories.rules import passwords, spans


def found(text):
    return [text[span.start : span.end] for span in spans.apart(passwords.find(text))]


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("my password is hunter2", "hunter2"),
        ("My password is swordfish.", "swordfish"),
        ("the wifi password is 'correct horse'", "correct horse"),
        ("pwd: letmein99", "letmein99"),
        ("Mein Passwort lautet Sommer2024!", "Sommer2024!"),
        ("das WLAN-Passwort ist SonneMond12", "SonneMond12"),
        ("mon mot de passe est soleil99", "soleil99"),
        ("mi contraseña es Gato2020", "Gato2020"),
        ("I use fluffy2 as my password", "fluffy2"),
        ("I changed my password to N3wStart", "N3wStart"),
        ("login: admin/S3cure!pass", "S3cure!pass"),
        ("my passphrase is correct horse battery staple", "correct horse battery staple"),
        ("./deploy --password=Kk99xx", "Kk99xx"),
        ("curl -u ada:Kk99xx https://example.com", "Kk99xx"),
        ("my laptop's password is 135790", "135790"),
    ],
)
def test_the_password_is_found_and_nothing_else(text, password):
    assert found(text) == [password]


@pytest.mark.parametrize(
    "text",
    [
        "my password manager is Bitwarden",
        "I forgot my password",
        "my password is too long to remember",
        "my password is expired",
        "the password is on the fridge",
        "the password must be at least 12 characters",
        "password reset to follow",
        "I use Bitwarden as my password manager",
        "Mein Passwort ist abgelaufen",
        "mon mot de passe est oublié",
        "la clave es relajarse",
        "send the password to ada@example.com",
        "password: <password>",
        "my password is [password]",
        "we hash the password with sha256",
    ],
)
def test_talk_about_passwords_is_left(text):
    assert found(text) == []


@pytest.mark.parametrize("word", ["hunter2", "P@ssw0rd", "CorrectHorse", "a1b2"])
def test_what_no_language_has_is_made_up(word):
    assert passwords.is_made_up(word)


@pytest.mark.parametrize(
    "word", ["manager", "12GB", "2nd", "sha256", "ada@example.com", "abc", "v2.1"]
)
def test_words_measures_and_addresses_are_not_made_up(word):
    assert not passwords.is_made_up(word)


@pytest.mark.parametrize(
    ("text", "password"),
    [
        ("passphrase correct horse battery staple", "correct horse battery staple"),
        ("The password for my laptop is blue horse battery", "blue horse battery"),
    ],
)
def test_several_plain_words_are_one(text, password):
    assert [text[span.start : span.end] for span in passwords.find(text)] == [password]


@pytest.mark.parametrize(
    "text",
    [
        "Passphrase generators create memorable word lists",
        "The password is too short for them",
        "The password is company property",
        "The password is strong enough already",
        "the passphrase protected ssh key on the old laptop",
    ],
)
def test_a_sentence_about_one_is_none(text):
    assert list(passwords.find(text)) == []
