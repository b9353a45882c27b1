"""A sentence is of the kind that labelled sentences like it are."""

import zlib

import numpy as np
import pytest

from memories.providers import kinds
from memories.providers.prototypes import NOTHING, PROTOTYPES


def embed(texts):
    """Words hashed into 512 places: enough to know a sentence again."""
    rows = np.zeros((len(texts), 512), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.casefold().split():
            row[zlib.crc32(word.encode()) % 512] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


@pytest.mark.parametrize("kind", ["profile", "preference", "interaction", "task_state"])
def test_labelled_sentences_are_known_again(kind):
    labelled = [sentence for name, sentence in PROTOTYPES if name == kind]

    found = kinds.reading(embed).kinds(embed(labelled))

    assert sum(one.name == kind for one in found) / len(found) > 0.9


def test_labelled_nothing_is_behind():
    labelled = [sentence for name, sentence in PROTOTYPES if name == NOTHING]

    found = kinds.reading(embed).kinds(embed(labelled))

    assert sum(one.lead < 0 for one in found) / len(found) > 0.9


def test_a_named_model_is_read_once(monkeypatch):
    monkeypatch.setattr(kinds, "_fitted", {})
    calls = []

    def counted(texts):
        calls.append(len(texts))
        return embed(texts)

    assert kinds.reading(counted, model="a") is kinds.reading(counted, model="a")
    assert kinds.reading(counted, model="b") is not kinds.reading(counted, model="a")
    assert calls == [len(PROTOTYPES), len(PROTOTYPES)]


def test_an_unnamed_model_is_not_kept(monkeypatch):
    monkeypatch.setattr(kinds, "_fitted", {})

    kinds.reading(embed)

    assert kinds._fitted == {}


def test_no_labelled_sentence_stands_twice():
    sentences = [sentence for _, sentence in PROTOTYPES]

    assert len(sentences) == len(set(sentences))
