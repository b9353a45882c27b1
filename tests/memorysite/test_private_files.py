"""Secrets on disk are whole, and their owner's alone."""

import os
import stat

import pytest

from memorysite import private_files


def test_only_the_owner_may_read_it(tmp_path):
    before = os.umask(0)
    try:
        private_files.write(tmp_path / "new" / "secret", "words")
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "new" / "secret").stat().st_mode) == 0o600


def test_failed_write_leaves_the_old_content(tmp_path):
    private_files.write(tmp_path / "secret", "old")

    with pytest.raises(UnicodeEncodeError):
        private_files.write(tmp_path / "secret", "\ud800")

    assert (tmp_path / "secret").read_text() == "old"


def test_new_content_replaces_the_old_and_leaves_no_half(tmp_path):
    private_files.write(tmp_path / "secret", "old")
    private_files.write(tmp_path / "secret", "new")

    assert [path.read_text() for path in tmp_path.iterdir()] == ["new"]
