"""What is kept in the workspace, and what is refused."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from skillmatrix.errors import StoreError, UsageError
from skillmatrix.server.workspace import connection_folder, prepare

posix = pytest.mark.skipif(os.name != "posix", reason="modes are a thing of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@posix
def test_a_missing_workspace_is_created_for_its_owner_only(tmp_path: Path) -> None:
    """Folder 0700, token and secret 0600."""
    keys = prepare(tmp_path / "deep" / "workspace")

    assert mode(keys.workspace) == 0o700
    assert mode(keys.workspace / "server.token") == 0o600
    assert mode(keys.workspace / "server.secret") == 0o600
    assert len(keys.token) >= 32


def test_token_secret_and_cookie_outlive_a_restart(tmp_path: Path) -> None:
    """Open pages and bookmarks go on working."""
    first, second = prepare(tmp_path), prepare(tmp_path)

    assert first == second
    assert first.cookie == second.cookie


def test_another_token_ends_old_log_ins(tmp_path: Path) -> None:
    """The secret that signs cookies depends on the token."""
    stored = prepare(tmp_path)
    given = prepare(tmp_path, token="another-token-of-mine")

    assert given.token == "another-token-of-mine"
    assert given.secret != stored.secret
    assert prepare(tmp_path) == stored


@pytest.mark.parametrize(
    "token", ["", "short", "with a space in the middle", "with&ampersand-and=equals"]
)
def test_an_unusable_token_is_refused(tmp_path: Path, token: str) -> None:
    """A guessable token, or one that an address would cut."""
    with pytest.raises(UsageError, match="16 characters"):
        prepare(tmp_path, token=token)


@posix
def test_what_a_killed_server_left_is_cleared_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of a server that runs, and of other programs, stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    for name in (f"skillmatrix-kernels-{gone.pid}-a", "skillmatrix-kernels-x-a", "other-1-a"):
        (tmp_path / name).mkdir()
    running = connection_folder()

    connection_folder()

    left = {path.name for path in tmp_path.iterdir()}
    assert f"skillmatrix-kernels-{gone.pid}-a" not in left
    assert {"skillmatrix-kernels-x-a", "other-1-a", running.name} <= left
    assert mode(running) == 0o700


@posix
def test_a_readable_token_is_narrowed(tmp_path: Path) -> None:
    """A copy or a careless editor may have widened the mode."""
    prepare(tmp_path)
    (tmp_path / "server.token").chmod(0o644)

    prepare(tmp_path)

    assert mode(tmp_path / "server.token") == 0o600


def test_a_damaged_token_is_said_and_not_replaced(tmp_path: Path) -> None:
    """Never repaired in silence."""
    (tmp_path / "server.token").write_text("x\n")

    with pytest.raises(StoreError, match=r"server\.token.*delete the file"):
        prepare(tmp_path)

    assert (tmp_path / "server.token").read_text() == "x\n"


def test_a_workspace_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """Said in a sentence, with what to do."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StoreError, match="is a file; name a folder"):
        prepare(tmp_path / "file")
    with pytest.raises(StoreError, match="cannot be written"):
        prepare(tmp_path / "file" / "inside")


def test_a_read_only_workspace_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so the operating system's answer is invented."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)

    with pytest.raises(StoreError, match=r"cannot be written \(permission denied\)"):
        prepare(tmp_path)


@pytest.mark.slow
def test_a_taken_port_leads_to_the_next(tmp_path: Path) -> None:
    """Or to a sentence, when the port may not change."""
    from skillmatrix.server.app import listen

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(UsageError, match=f"port {port} cannot be used"):
            listen(port, allow_port_change=False)
        found = listen(port, allow_port_change=True)
        found_port = found.getsockname()[1]
        found.close()

    assert found_port > port


def test_a_negative_number_of_kernels_is_refused(tmp_path: Path) -> None:
    """Before anything is served."""
    from skillmatrix.server import serve

    with pytest.raises(UsageError, match="0 or more"):
        serve(tmp_path, preheat=-1)
