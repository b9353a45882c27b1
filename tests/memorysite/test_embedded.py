"""The embedded services: real, walled in, and gone when their user is gone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import environ
import kombu
import psutil
import psycopg
import pytest
import redis

from memorysite import children, embedded

PROJECT = Path(__file__).parents[2]


def connect(url):
    config = environ.Env.db_url_config(url)
    return psycopg.connect(
        host=config["HOST"],
        port=config["PORT"],
        user=config["USER"],
        dbname=config["NAME"],
        autocommit=True,
    )


def ask(url, question):
    with connect(url) as link:
        return link.execute(question).fetchone()


def processes_of(folder):
    return [
        process
        for process in psutil.process_iter(["cmdline"])
        if any(str(folder) in word for word in process.info["cmdline"] or [])
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("services") / "data"


@pytest.fixture(scope="module")
def services(folder):
    with embedded.services(folder, database="tried", durable=False) as services:
        yield services


def test_postgresql_is_18_with_vectors(services):
    version, distance = ask(
        services.database_url,
        "SELECT current_setting('server_version_num')::int, '[1,2]'::vector <-> '[1,4]'::vector",
    )

    assert (version // 10000, distance) == (18, 2)


def test_app_role_has_no_way_round_the_walls(services):
    rights = ask(
        services.database_url,
        """
        SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
               pg_has_role(current_user, 'remembrancer_owner', 'MEMBER'),
               pg_has_role(current_user, 'remembrancer_staff', 'USAGE'),
               has_database_privilege('tried', 'CREATE'),
               has_schema_privilege('public', 'CREATE')
        FROM pg_roles WHERE rolname = current_user
        """,
    )

    assert not any(rights)


def test_app_role_may_become_staff(services):
    with connect(services.database_url) as link:
        link.execute("SET ROLE remembrancer_staff")

        role = link.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcanlogin FROM pg_roles "
            "WHERE rolname = current_user"
        ).fetchone()

    assert role == ("remembrancer_staff", False, False, False)


def test_owner_makes_tables_but_is_no_superuser(services):
    with connect(services.owner_database_url) as link:
        link.execute("CREATE SCHEMA mine CREATE TABLE made_by_owner (id int)")

        role = link.execute(
            "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert role == ("remembrancer_owner", False, False)


def test_database_listens_on_no_network_port(services):
    assert ask(services.superuser_database_url, "SHOW listen_addresses") == ("",)


def test_failed_statement_leaves_no_words_in_the_log(services, folder):
    with connect(services.database_url) as link, pytest.raises(psycopg.Error):
        link.execute("SELECT 'Ada keeps bees'::int + nothing_of_the_sort")

    assert "bees" not in (folder / "logs" / "postgres.log").read_text()


def test_typographic_quotes_are_not_letters(services):
    (lexemes,) = ask(
        services.database_url, "SELECT to_tsvector('simple', 'don\u2019t ÉCOLE')::text"
    )

    assert lexemes == "'don':1 't':2 'école':3"


def test_valkey_wants_its_password_and_serves_loopback_only(services):
    with redis.Redis.from_url(services.broker_url) as client:
        address = client.config_get("bind")["bind"]
        port = client.connection_pool.connection_kwargs["port"]

    assert address == "127.0.0.1"
    with pytest.raises(redis.AuthenticationError), redis.Redis(port=port, retry=None) as stranger:
        stranger.ping()


def test_celery_can_reach_the_broker(services):
    with kombu.Connection(services.broker_url) as connection:
        connection.ensure_connection(max_retries=1)

        assert connection.connected


def test_folder_in_use_is_refused_with_a_sentence(services, folder):
    with (
        pytest.raises(children.CannotRunError, match=f"in use by process {os.getpid()}"),
        embedded.services(folder),
    ):
        pass


def test_second_start_keeps_the_data_and_nothing_is_left_running(tmp_path):
    with embedded.services(tmp_path) as services, connect(services.owner_database_url) as link:
        link.execute("CREATE TABLE kept AS SELECT 7 AS number")

    with embedded.services(tmp_path) as services:
        assert ask(services.owner_database_url, "SELECT number FROM kept") == (7,)
        assert ask(services.database_url, "SHOW fsync") == ("on",)

    assert processes_of(tmp_path) == []


def test_services_end_after_an_exception(tmp_path):
    with pytest.raises(ZeroDivisionError), embedded.services(tmp_path, durable=False):
        raise ZeroDivisionError

    assert processes_of(tmp_path) == []


def test_path_too_long_for_a_socket_still_works(tmp_path):
    folder = tmp_path / ("long" * 30)

    with embedded.services(folder, durable=False) as services:
        assert ask(services.database_url, "SELECT 1") == (1,)


WAITING = """
import pathlib, sys, time
from memorysite import embedded
with embedded.services(pathlib.Path(sys.argv[1]), durable=False) as services:
    print(services.database_url, flush=True)
    time.sleep(60)
"""


def test_services_die_with_a_killed_user_and_start_again(tmp_path):
    user = subprocess.Popen(
        [sys.executable, "-c", WAITING, str(tmp_path)],
        cwd=PROJECT,
        stdout=subprocess.PIPE,
    )
    assert user.stdout is not None
    user.stdout.readline()
    postmaster = psutil.Process(int((tmp_path / "postgres/postmaster.pid").read_text().split()[0]))

    # The server too, so that its lock files stay behind.
    postmaster.send_signal(signal.SIGKILL)
    user.kill()
    user.communicate()

    with embedded.services(tmp_path, durable=False) as services:
        assert ask(services.database_url, "SELECT 1") == (1,)
    assert wait_until_gone(tmp_path)


def wait_until_gone(folder):
    deadline = time.monotonic() + 10
    while processes_of(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not processes_of(folder)
