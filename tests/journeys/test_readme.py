"""The README's bot runs as it is printed."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_bot_in_twenty_lines_runs(site, bots, tmp_path, monkeypatch, capsys):
    bot = bots(site)
    (tmp_path / ".local").mkdir()
    demo = {"url": bot.url + "/", "api_key": bot.key}
    (tmp_path / ".local" / "demo.json").write_text(json.dumps(demo))
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)

    exec(compile(code, "README.md", "exec"), {})  # noqa: S102 - our own README

    printed = capsys.readouterr().out
    assert "I moved to Lisbon." in printed
    assert "'score'" in printed
