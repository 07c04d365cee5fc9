"""Write the JSON Schemas of all files, for editors that complete and check while one types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from skillmatrix.errors import UsageError

if TYPE_CHECKING:
    from skillmatrix.framework import Framework


def schema_texts(framework: Framework | None = None) -> dict[str, str]:
    """Give every schema as it is written, by its file; that of assessments for a framework."""
    from skillmatrix.assessment import assessment_schema
    from skillmatrix.assessment.packet import packet_schema
    from skillmatrix.framework.schemas import framework_schemas

    schemas = {**framework_schemas(), "packet": packet_schema()}
    schemas["assessment"] = assessment_schema(framework)
    return {
        f"{kind}.schema.json": json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        for kind, schema in sorted(schemas.items())
    }


def write_schemas(folder: Path, framework: Framework | None = None) -> list[Path]:
    """
    Write one file for each kind of file into a folder, which is made if need be.

    Parameters
    ----------
    folder : Path
    framework : Framework, optional
        Whose skills, levels and roles the schema of assessments lists.

    Raises
    ------
    UsageError
        If the folder cannot be written to.
    """
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in schema_texts(framework).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            written.append(folder / name)
    except OSError as error:
        msg = f"cannot write schemas to {str(folder)!r}: {error.strerror}"
        raise UsageError(msg) from None
    return written
