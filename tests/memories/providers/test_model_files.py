"""Local model files: the tested ones, or one's own."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from memories.providers import model_files

BUNDLED = sorted(model_files.BUNDLED)


@pytest.mark.parametrize("model", BUNDLED)
def test_the_bundled_files_are_those_that_were_tested(model):
    folder = model_files.folder(model)

    assert (folder / "model.onnx").is_file()
    assert (folder / "tokenizer.json").is_file()


def test_files_that_are_not_the_tested_ones_are_refused(monkeypatch, tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"something else")
    monkeypatch.setattr(model_files, "_bundled_folder", lambda _name: tmp_path)

    with pytest.raises(ImproperlyConfigured, match="not the tested model"):
        model_files.folder(BUNDLED[0])


def test_one_byte_more_is_another_model(monkeypatch, tmp_path):
    real = model_files.folder(BUNDLED[0]) / "model.onnx"
    (tmp_path / "model.onnx").write_bytes(real.read_bytes() + b"\x00")
    monkeypatch.setattr(model_files, "_bundled_folder", lambda _name: tmp_path)

    with pytest.raises(ImproperlyConfigured, match="SHA-256"):
        model_files.folder(BUNDLED[0])


def test_ones_own_files_come_first(settings, tmp_path):
    own = tmp_path / BUNDLED[0]
    own.mkdir()
    (own / "model.onnx").write_bytes(b"")
    settings.LOCAL_MODEL_DIR = str(tmp_path)

    assert model_files.folder(BUNDLED[0]) == own


def test_a_model_that_is_nowhere_is_told_where_it_should_be(settings, tmp_path):
    settings.LOCAL_MODEL_DIR = str(tmp_path)

    with pytest.raises(ImproperlyConfigured, match="LOCAL_MODEL_DIR/my-model"):
        model_files.folder("my-model")
