"""A PostgreSQL server of our own on loopback, in a temporary folder, as an unprivileged user."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "brief"
_PATIENCE = 60.0  # seconds for a start or a stop on a busy machine


def find_program(name: str) -> str | None:
    """A program of the server; Debian keeps these out of PATH."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(kept[-1]) if kept else shutil.which(name)


class Server:
    """A server that can be stopped and started again, with any number of databases."""

    def __init__(self, initdb: str, folder: Path) -> None:
        self._programs = Path(initdb).parent
        self._folder = folder
        self._as_user: Sequence[str] = ()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(folder, user.pw_uid, user.pw_gid)
            ids = (f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}")
            self._as_user = ("setpriv", *ids, "--clear-groups")
        self._run("initdb", "-D", str(folder / "data"), "-U", USER, "-A", "trust", "-E", "UTF8")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = {"port": self.port, "listen_addresses": "127.0.0.1", "fsync": "off"}
        options |= {"unix_socket_directories": "", "logging_collector": "off"}
        settings = ["-D", str(self._folder / "data")]
        settings += [f"--{name}={value}" for name, value in options.items()]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as_user, str(self._programs / "postgres"), *settings],
                stdout=log,
                stderr=log,
                cwd=self._folder,
            )
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self._url("postgres")).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.05)
            else:
                return

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it as an administrator would, or `at_once` without leaving its data whole."""
        assert self._process is not None
        self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
        self._process.wait(_PATIENCE)
        self._process = None

    def new_database(self) -> str:
        """The address of a new, empty database."""
        name = f"state{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self._url(name)

    def new_schema(self) -> str:
        """The address of an empty schema in a database that others use too; quicker to make."""
        name = f"schema{next(self._numbers)}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"{self._url('postgres')}?options=-csearch_path%3D{name}"

    def _url(self, database: str) -> str:
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{database}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_user, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder)


@contextmanager
def running_server(initdb: str) -> Iterator[Server]:
    """A server for as long as the context lasts; `initdb` as `find_program` gives it."""
    # pytest's own folders can be entered by the user who runs the tests only.
    with tempfile.TemporaryDirectory(prefix="brief-postgresql-") as folder:
        server = Server(initdb, Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.stop(at_once=True)
