"""The commands put together, and what happens when one of them fails."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from skillmatrix import __version__, settings
from skillmatrix.cli import (
    agree,
    check,
    compare,
    doctor,
    example,
    export,
    gap,
    import_,
    migrate,
    person,
    plan,
    report,
    retranslate,
    screen,
    serve,
    verdict,
)
from skillmatrix.errors import SkillMatrixError, UsageError

PROBLEM, WRONG_USE = 1, 2


class Commands(TyperGroup):
    """The group of all commands: every failure ends in a sentence and an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run one command; 0 done, 1 problems found, 2 wrong use."""
        screen.prepare()
        try:
            return super().main(*args, **kwargs)
        except UsageError as error:
            screen.message(f"Error: {error}")
            sys.exit(WRONG_USE)
        except SkillMatrixError as error:
            screen.message(f"Error: {error}")
            sys.exit(PROBLEM)
        except Exception as error:  # whatever it is, no trace reaches a user who did not ask
            screen.message(_unexpected(error))
            sys.exit(PROBLEM)


def _unexpected(error: Exception) -> str:
    if settings.debug():
        return "".join(traceback.format_exception(error)).rstrip()
    words = str(error).strip().splitlines()
    what = f"{type(error).__name__}: {words[0]}" if words else type(error).__name__
    return (
        f"Error: something went wrong that should not have ({what[:300]}); "
        "run with SKILLMATRIX_DEBUG=1 for the technical trace"
    )


def _version(wanted: bool) -> None:
    if wanted:
        screen.out(f"skillmatrix {__version__}")
        raise typer.Exit


def _start(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options that stand before the command."""


_SUMMARY = """Assess skills against a ladder, with evidence, in private.

Results go to standard output, messages to standard error. A command ends with 0 when it
is done, 1 when it found problems in the data, and 2 when it was called the wrong way."""

_FIRST_STEPS = """
skillmatrix example people
skillmatrix verdict people/noor-self.assessment.json
skillmatrix serve
"""


def examples(text: str) -> str:
    r"""
    Lay out example commands for the end of a help page.

    Examples
    --------
    >>> examples("skillmatrix check")
    '\x08\nExample:\n  skillmatrix check'
    """
    lines = text.strip().splitlines()
    return "\n".join(["\b", "Example:", *(f"  {line}" for line in lines)])


def _add(run: Callable[..., None], about: str, example: str) -> None:
    app.command(run.__name__, help=about, epilog=examples(example))(run)


# rich_markup_mode=None: plain help pages, the same on a terminal, in a pipe and in a log.
app = typer.Typer(
    cls=Commands,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help=_SUMMARY,
    epilog=examples(_FIRST_STEPS),
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.callback()(_start)
_add(serve.serve, serve.ABOUT, serve.EXAMPLE)
_add(check.check, check.ABOUT, check.EXAMPLE)
_add(verdict.verdict, verdict.ABOUT, verdict.EXAMPLE)
_add(gap.gap, gap.ABOUT, gap.EXAMPLE)
_add(plan.plan, plan.ABOUT, plan.EXAMPLE)
_add(compare.compare, compare.ABOUT, compare.EXAMPLE)
_add(agree.agree, agree.ABOUT, agree.EXAMPLE)
_add(report.report, report.ABOUT, report.EXAMPLE)
_add(migrate.migrate, migrate.ABOUT, migrate.EXAMPLE)
_add(import_.import_, import_.ABOUT, import_.EXAMPLE)
_add(export.export, export.ABOUT, export.EXAMPLE)
_add(example.example, example.ABOUT, example.EXAMPLE)
_add(doctor.doctor, doctor.ABOUT, doctor.EXAMPLE)

people = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help=person.ABOUT,
    epilog=examples(person.EXAMPLE),
    context_settings={"help_option_names": ["-h", "--help"]},
)
people.command("list", help=person.LIST_ABOUT, epilog=examples(person.LIST_EXAMPLE))(person.listing)
people.command("export", help=person.EXPORT_ABOUT, epilog=examples(person.EXPORT_EXAMPLE))(
    person.export
)
people.command("erase", help=person.ERASE_ABOUT, epilog=examples(person.ERASE_EXAMPLE))(
    person.erase
)
app.add_typer(people, name="person")

sorting = typer.Typer(
    rich_markup_mode=None,
    no_args_is_help=True,
    help=retranslate.ABOUT,
    epilog=examples(retranslate.EXAMPLE),
    context_settings={"help_option_names": ["-h", "--help"]},
)
sorting.command("sheet", help=retranslate.SHEET_ABOUT, epilog=examples(retranslate.SHEET_EXAMPLE))(
    retranslate.sheet
)
sorting.command("score", help=retranslate.SCORE_ABOUT, epilog=examples(retranslate.SCORE_EXAMPLE))(
    retranslate.score
)
app.add_typer(sorting, name="retranslate")
