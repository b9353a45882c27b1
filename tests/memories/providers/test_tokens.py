"""Tokens are counted with what is on board; nothing is ever fetched."""

import hashlib
import os
from pathlib import Path

import pytest
import tiktoken.load

from memories.providers import tokens
from memories.rules.token_estimate import estimate

NAME = "o200k_base"
FILE = hashlib.sha1(  # noqa: S324 - how tiktoken names its files
    f"https://openaipublic.blob.core.windows.net/encodings/{NAME}.tiktoken".encode()
).hexdigest()
BOARD = Path(os.environ.get(tokens.FOLDER_VARIABLE, ""))


@pytest.fixture(autouse=True)
def fetched(monkeypatch):
    """What tiktoken would have fetched from the network."""
    asked = []

    def read_file(path):
        asked.append(path)
        raise AssertionError(f"fetched {path}")

    monkeypatch.setattr(tiktoken.load, "read_file", read_file)
    yield asked
    assert not asked


def test_without_data_it_is_an_estimate_that_says_so(monkeypatch):
    monkeypatch.delenv(tokens.FOLDER_VARIABLE, raising=False)

    counter = tokens.counter()

    assert counter.method == "estimate"
    assert counter.count("Ada keeps bees") == estimate("Ada keeps bees")


def test_an_empty_folder_is_no_data(monkeypatch, tmp_path):
    monkeypatch.setenv(tokens.FOLDER_VARIABLE, str(tmp_path))

    assert tokens.counter().method == "estimate"


def test_damaged_data_is_neither_used_nor_fetched_anew(monkeypatch, tmp_path):
    (tmp_path / FILE).write_bytes(b"IQ== 0\n")
    monkeypatch.setenv(tokens.FOLDER_VARIABLE, str(tmp_path))

    assert tokens.counter().method == "estimate"
    assert (tmp_path / FILE).exists()


@pytest.mark.skipif(
    not (BOARD / FILE).is_file(), reason=f"{tokens.FOLDER_VARIABLE} holds no data of {NAME}"
)
def test_with_data_it_is_tiktoken():
    counter = tokens.counter()

    assert counter.method == f"tiktoken:{NAME}"
    assert counter.count("Ada keeps bees") == 3
    assert counter.count("<|endoftext|>") > 1
