"""What the server keeps in the workspace: its token, its secret and its log."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from skillmatrix.errors import StoreError, UsageError

TOKEN_FILE = "server.token"
SECRET_FILE = "server.secret"
LOG_FILE = "server.log"
KERNEL_LOG = "kernels.log"
_FEWEST = 16
_FOLDER = "skillmatrix-kernels-"
_USABLE = re.compile(r"[A-Za-z0-9._~-]+")


@dataclass(frozen=True)
class Keys:
    """A usable workspace and what signs people in to it.

    Parameters
    ----------
    workspace : Path
        The folder, absolute; it exists and can be written.
    token : str
        Opens the workbook once; afterwards a cookie does.
    secret : bytes
        Signs that cookie. It depends on the token, so that a new token ends old log-ins.
    """

    workspace: Path
    token: str
    secret: bytes

    @property
    def cookie(self) -> str:
        """Name of the cookie: one a workspace, whatever the port, so that it outlives a change."""
        return "skillmatrix-" + hashlib.sha256(b"name" + self.secret).hexdigest()[:12]

    @property
    def log(self) -> Path:
        """The file that holds what is too long for the screen."""
        return self.workspace / LOG_FILE

    def __repr__(self) -> str:
        return f"Keys({str(self.workspace)!r})"


def prepare(workspace: Path, *, token: str | None = None) -> Keys:
    """
    Make sure that the workspace can be used, and read or make its token and secret.

    Parameters
    ----------
    workspace : Path
        Created with mode 0700, parents included, if it is missing.
    token : str, optional
        Used instead of the stored one, and not stored.

    Returns
    -------
    Keys

    Raises
    ------
    StoreError
        If the folder cannot be created, read or written.
    UsageError
        If `token` is shorter than 16 characters or would not survive in an address.
    """
    folder = Path(workspace).expanduser().absolute()
    if token is not None and (len(token) < _FEWEST or not _USABLE.fullmatch(token)):
        msg = f"the token needs at least {_FEWEST} characters out of A-Z a-z 0-9 . _ ~ -"
        raise UsageError(msg)
    _create(folder)
    chosen = token or _stored(folder / TOKEN_FILE, 24)
    stored = _stored(folder / SECRET_FILE, 32)
    secret = hashlib.sha256(f"{stored}\n{chosen}".encode()).digest()
    return Keys(folder, chosen, secret)


def _create(folder: Path) -> None:
    """Create the folder if needed and try whether it can be written."""
    if folder.exists() and not folder.is_dir():
        msg = f"the workspace {str(folder)!r} is a file; name a folder with --workspace"
        raise StoreError(msg)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial = folder / f".trial-{secrets.token_hex(4)}"
        trial.touch(mode=0o600)
        trial.unlink()
    except OSError as error:
        msg = (
            f"the workspace {str(folder)!r} cannot be written ({_reason(error)}); "
            "give yourself the right to write there, or name another folder with --workspace"
        )
        raise StoreError(msg) from error


def _stored(path: Path, size: int) -> str:
    """Read a secret, or make it; nobody else may read it."""
    try:
        value = _read(path)
        if value is not None:
            return value
        value = secrets.token_urlsafe(size)
        _write_new(path, value)
        # Two servers may start at once: the file that stands is the one that counts.
        return _read(path) or value
    except OSError as error:
        msg = f"{str(path)!r} cannot be read or written ({_reason(error)})"
        raise StoreError(msg) from error


def _read(path: Path) -> str | None:
    """Read a secret of at least 16 characters; narrow its mode if others may read it."""
    try:
        value = path.read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return None
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)
    if len(value) < _FEWEST or not _USABLE.fullmatch(value):
        msg = f"{str(path)!r} holds no usable secret; delete the file and a new one is made"
        raise StoreError(msg)
    return value


def _write_new(path: Path, value: str) -> None:
    """Write a file that appears whole or not at all, and never replaces an existing one."""
    draft = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(value + "\n")
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        except OSError:  # a file system without hard links
            if not path.exists():
                draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def connection_folder() -> Path:
    """Make a folder for this server's kernels, and clear away those of servers that were killed."""
    if os.name == "posix":
        for left in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*-*"):
            number = left.name.removeprefix(_FOLDER).split("-")[0]
            if number.isdecimal() and not _runs(int(number)):
                shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{_FOLDER}{os.getpid()}-"))


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True  # somebody else's
    return True


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
