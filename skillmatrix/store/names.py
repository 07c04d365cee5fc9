"""The key file: the one place where a random code meets a name.

Written as a whole beside the old one and put in its place, so that a reader finds the old
file or the new one and never half of one. Writers hold the write lock of the database.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from skillmatrix.errors import StoreError
from skillmatrix.store.database import PRIVATE, keep_private, went_wrong

NAMES = "names.json"
FORMAT = 1


class Names:
    """Names by person code, kept in one file.

    Parameters
    ----------
    folder : Path
        The workspace.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAMES

    def read(self, workspace_id: str | None = None) -> dict[str, str]:
        """Give all names; none if there is no file. It must belong to the workspace named."""
        try:
            text = self.path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return {}
        except UnicodeDecodeError as error:
            found = "bytes that are not UTF-8"
            raise self._damaged(found) from error
        except OSError as error:
            raise went_wrong(self.path, "read", error) from error
        try:
            content = json.loads(text)
        except ValueError as error:
            found = f"text that is not JSON ({error})"
            raise self._damaged(found) from error
        people = content.get("people") if isinstance(content, dict) else None
        if not isinstance(people, dict) or not all(isinstance(n, str) for n in people.values()):
            found = "no list of people"
            raise self._damaged(found)
        if content.get("format") != FORMAT:
            msg = (
                f"{self.path} has format {content.get('format')!r}; this version knows {FORMAT}. "
                "Install the newer version of skillmatrix that wrote it. Nothing was changed."
            )
            raise StoreError(msg)
        if workspace_id is not None and content.get("workspace") != workspace_id:
            msg = (
                f"{self.path} belongs to another workspace ({content.get('workspace')!r}, not "
                f"{workspace_id!r}). Put back the names.json that was kept with this database, "
                "or move this one away to go on without names. Nothing was changed."
            )
            raise StoreError(msg)
        return people

    def write(self, workspace_id: str, people: dict[str, str]) -> None:
        """Put a new file in place of the old one; only under the database's write lock."""
        content = {"format": FORMAT, "workspace": workspace_id, "people": people}
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        # One fixed name: what a killed writer left behind is overwritten by the next.
        spare = self.path.with_name(NAMES + ".tmp")
        try:
            spare.unlink(missing_ok=True)
            number = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
            with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            spare.replace(self.path)
            sync_folder(self.path.parent)
        except OSError as error:
            spare.unlink(missing_ok=True)
            raise went_wrong(self.path, "written", error) from error

    def make_private(self) -> None:
        """Take away what others may do with the file."""
        keep_private(self.path)

    def _damaged(self, found: str) -> StoreError:
        return StoreError(
            f"{self.path} is damaged: found {found}; expected the names of this workspace. "
            "Restore it from a backup, or move it away to go on without names. "
            "Nothing was changed."
        )


def sync_folder(folder: Path) -> None:
    """Make a renaming survive a power cut, where the system lets folders be synced."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
