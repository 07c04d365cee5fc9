"""The command line: ``skillmatrix COMMAND``, one module a command."""

from __future__ import annotations


def main() -> None:
    """Run the command line with the arguments of this process, and end it with an exit code."""
    from skillmatrix.cli.app import app

    app(prog_name="skillmatrix")
