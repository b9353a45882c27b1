"""Personal data is found in several languages; nothing is fetched; prose never reaches presidio."""

import socket
import subprocess
import sys
import threading
import time

import pytest

from memories.providers import personal_data_detection


def found(text):
    return [(span.kind, text[span.start : span.end]) for span in personal_data_detection.find(text)]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("mail me at ada@example.com", "EMAIL_ADDRESS", "ada@example.com"),
        ("alerts go to ops@cluster.internal", "EMAIL_ADDRESS", "ops@cluster.internal"),
        ("Call me at +49 170 1234567", "PHONE_NUMBER", "+49 170 1234567"),
        ("(212) 555-0187 is the office", "PHONE_NUMBER", "(212) 555-0187"),
        ("appelle-moi au 01 42 68 53 00", "PHONE_NUMBER", "01 42 68 53 00"),
        ("IBAN DE89 3704 0044 0532 0130 00", "IBAN_CODE", "DE89 3704 0044 0532 0130 00"),
        ("my IP is 203.0.113.5", "IP_ADDRESS", "203.0.113.5"),
        ("SSN 536-90-4399", "US_SSN", "536-90-4399"),
        ("mi DNI es 12345678Z", "ES_NIF", "12345678Z"),
        ("numéro de sécurité sociale 185057800608491", "FR_NIR", "185057800608491"),
        ("meine AHV ist 756.9217.0769.85", "CH_AHV", "756.9217.0769.85"),
        ("mijn BSN is 111222333", "NL_BSN", "111222333"),
        ("meu CPF é 529.982.247-25", "BR_CPF", "529.982.247-25"),
        ("my PAN is ABCPE1234F", "IN_PAN", "ABCPE1234F"),
        ("passport number X1234567", "PASSPORT", "X1234567"),
        ("DOB: 1984-03-12", "DATE_OF_BIRTH", "1984-03-12"),
        ("Ich bin am 12.03.1984 geboren", "DATE_OF_BIRTH", "12.03.1984"),
        (
            "I live at 221B Baker Street, London NW1 6XE",
            "POSTAL_ADDRESS",
            "221B Baker Street, London NW1 6XE",
        ),
        (
            "Ich wohne Friedrichstraße 43, 10117 Berlin",
            "POSTAL_ADDRESS",
            "Friedrichstraße 43, 10117 Berlin",
        ),
        (
            "J'habite 12 rue de la Paix, 75002 Paris",
            "POSTAL_ADDRESS",
            "12 rue de la Paix, 75002 Paris",
        ),
    ],
)
def test_it_is_found_whole(text, kind, value):
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "We went to Lisbon in the spring",
        "the order number is 88120934",
        "version 1.2.3.4 is out",
        "listen on 127.0.0.1 or 192.168.0.1",
        "react@18.2.0 is out",
        "at 2024-11-03 12:30:45",
        "we sold 1 000 000 units",
        "meu CPF é 529.982.247-26",  # its check digits are wrong
        "mijn BSN is 111222334",
        "the PESEL of nothing: 44051401358",
        "we met on 12 March 1984",
        "I walked 10 miles along the coast",
    ],
)
def test_other_words_and_numbers_are_left(text):
    assert found(text) == []


def test_several_are_found_in_order():
    assert [kind for kind, _ in found("+44 20 7946 0958 or ada@example.com")] == [
        "PHONE_NUMBER",
        "EMAIL_ADDRESS",
    ]


def test_prose_is_not_worth_a_look():
    assert not personal_data_detection.may_hold_any("We went to Lisbon in the spring.")


@pytest.mark.parametrize(
    "piece",
    ["a.a.", "a@a.", "1", "1 ", "12 Aaa ", "a:", "Aa ", "(1) ", "1 rue de ", "@", "1.1.1.1."],
)
def test_no_text_takes_long(piece):
    text = (piece * 8_000)[:7_990] + " @ 1 street"
    found(text)
    started = time.thread_time()

    found(text)

    assert time.thread_time() - started < 0.5


def test_a_text_with_a_sign_of_it_takes_few_milliseconds():
    text = "You can reach me at ada@example.com or +49 170 1234567, I live in Kastanienallee 12."
    found(text)
    started = time.thread_time()

    for _ in range(50):
        found(text)

    assert (time.thread_time() - started) / 50 < 0.005


def test_nothing_is_fetched(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("something was fetched")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    personal_data_detection._loaded.cache_clear()

    assert found("mail me at ada@beispiel.co.uk")


def test_two_threads_that_come_first_load_it_once():
    personal_data_detection._loaded.cache_clear()
    threads = [threading.Thread(target=found, args=("ada@example.com",)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert personal_data_detection._loaded.cache_info().misses == 1


def test_a_site_that_starts_does_not_load_it():
    script = (
        "import sys, memories.providers.personal_data_detection as d; print('spacy' in sys.modules)"
    )

    told = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout

    assert told.strip() == "False"
