"""The site's own processes in a local run: management commands, web server, worker, clock."""

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from memorysite import children, private_files

PROJECT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
# Shorter than the time a child is given to obey, so that gunicorn ends by itself.
_GRACEFUL_SECONDS = "8"


@dataclass(frozen=True)
class Place:
    """Where this run listens and keeps its things."""

    port: int
    data_folder: Path

    @property
    def url(self) -> str:
        """The site's address."""
        return f"http://{HOST}:{self.port}"

    @property
    def static_folder(self) -> Path:
        """What collectstatic fills."""
        return self.data_folder / "static"

    @property
    def demo_secrets(self) -> Path:
        """What `setup_demo` told once; the key's secret is kept nowhere else."""
        return self.data_folder / "demo-secrets.json"

    def log(self, name: str) -> Path:
        """The log of one child."""
        return self.data_folder / "logs" / f"{name}.log"


@dataclass(frozen=True)
class Site:
    """The place, and the environment its processes run in."""

    place: Place
    environment: Mapping[str, str]
    owner_database_url: str


def environment(place: Place, *, database_url: str, broker_url: str) -> dict[str, str]:
    """The settings of a site on this machine, over what the caller has set."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "memorysite.settings",
        "DATABASE_URL": database_url,
        "BROKER_URL": broker_url,
        "SECRET_KEY": _secret_key(place),
        "STATIC_ROOT": str(place.static_folder),
        # Plain HTTP on loopback: a cookie marked secure would not come back.
        "HTTPS": "false",
        "PYTHONUNBUFFERED": "1",
    }


def _secret_key(place: Place) -> str:
    # Made once: a new one at each start would end every session.
    path = place.data_folder / "secret-key"
    if not path.exists():
        private_files.write(path, secrets.token_urlsafe(64))
    return path.read_text()


def migrate(site: Site, *, heed: children.Heed) -> None:
    """Bring the tables up to date, as their owner."""
    _manage(site, "migrate", "--database", "owner", "--no-input", heed=heed)


def collect_static_files(site: Site, *, heed: children.Heed) -> None:
    """Gather the static files, unless nothing has changed since the last time."""
    seal = site.place.static_folder / ".sources"
    now = _static_sources()
    if seal.exists() and seal.read_text() == now:
        return
    _manage(site, "collectstatic", "--no-input", "--clear", "--verbosity", "0", heed=heed)
    site.place.static_folder.mkdir(exist_ok=True)
    seal.write_text(now)


def _static_sources() -> str:
    digest = hashlib.sha256((PROJECT / "requirements.txt").read_bytes())
    for folder in sorted([*PROJECT.glob("*/static"), *PROJECT.glob("*/*/static")]):
        for path in sorted(folder.rglob("*")):
            digest.update(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}\n".encode())
    return digest.hexdigest()


def set_up_demo(site: Site, *, heed: children.Heed) -> dict[str, Any]:
    """Have a namespace, a key and staff to try the site with."""
    path = site.place.demo_secrets
    kept: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    existing = ["--existing", str(path)] if kept else []
    printed = _manage(site, "setup_demo", *existing, heed=heed)
    told: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    # Secrets are told at their making only; an empty answer must not displace a kept one.
    demo = {**kept, **{name: value for name, value in told.items() if value not in (None, "")}}
    private_files.write(path, json.dumps(demo, indent=2))
    return demo


def start_all(site: Site) -> list[children.Child]:
    """Start the web server, the worker and the clock."""
    clock_folder = site.place.data_folder / "beat"
    clock_folder.mkdir(exist_ok=True)
    celery = ("celery", "-A", "memorysite")
    return [
        _start(
            # Workers and threads: gunicorn.conf.py.
            site, "gunicorn", "gunicorn", "memorysite.wsgi:application",
            "--bind", f"{HOST}:{site.place.port}", "--graceful-timeout", _GRACEFUL_SECONDS,
            "--no-control-socket",
        ),
        _start(
            site, "worker", *celery, "worker", "--pool", "threads", "--concurrency", "4",
            "--loglevel", "INFO", "--without-gossip", "--without-mingle",
        ),
        _start(
            site, "beat", *celery, "beat", "--loglevel", "WARNING", "--pidfile=",
            "--schedule", str(clock_folder / "schedule"),
        ),
    ]  # fmt: skip


def _start(site: Site, name: str, *module_and_arguments: str) -> children.Child:
    return children.start(
        _command(name, "-m", *module_and_arguments, environment=site.environment),
        log=site.place.log(name),
        data_folder=site.place.data_folder,
    )


def _manage(site: Site, *arguments: str, heed: children.Heed) -> str:
    # Only these may change tables; what serves requests never learns the owner's address.
    environment = {**site.environment, "OWNER_DATABASE_URL": site.owner_database_url}
    return children.run(
        _command(f"manage.py {arguments[0]}", "manage.py", *arguments, environment=environment),
        log=site.place.log("setup"),
        data_folder=site.place.data_folder,
        heed=heed,
    )


def _command(name: str, *arguments: str, environment: Mapping[str, str]) -> children.Command:
    return children.Command(
        name=name,
        arguments=(sys.executable, *arguments),
        folder=PROJECT,
        environment=environment,
    )
