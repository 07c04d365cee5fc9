"""What holds for every command: help, exit codes, streams, terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import skillmatrix
from skillmatrix.cli import check, screen
from skillmatrix.cli.app import app
from skillmatrix.errors import StoreError
from tests.cli.conftest import ANA, ROOT, Process, Run

COMMANDS = (
    "serve",
    "check",
    "verdict",
    "gap",
    "plan",
    "compare",
    "agree",
    "report",
    "migrate",
    "import",
    "export",
    "example",
    "doctor",
)
HEAVY = (
    "matplotlib",
    "scipy",
    "ipywidgets",
    "anywidget",
    "sqlalchemy",
    "alembic",
    "voila",
    "pandas",
)
BOXES = set("─│╭╮╰╯━┃┏┓┗┛═║")


def test_every_command_has_a_help_page_with_an_example(run: Run) -> None:
    """Each command, and the whole, shows an example that starts with the program's name."""
    for command in ([], *([name] for name in COMMANDS)):
        result = run(*command, "--help")

        assert result.exit_code == 0
        example = result.stdout.split("Example:\n")[1]
        assert f"skillmatrix {' '.join(command)}".strip() in example
        assert not BOXES & set(result.stdout)


def test_commands_of_the_program_are_those_tested_here() -> None:
    """No command is added without a place in these tests."""
    assert [command.name for command in app.registered_commands] == list(COMMANDS)


def test_version(run: Run) -> None:
    """``--version`` names program and version, and nothing else."""
    assert run("--version").stdout == f"skillmatrix {skillmatrix.__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["verdct"],
        ["verdict"],
        ["verdict", "no-such-file.json"],
        ["gap", ROOT],
        ["gap", ANA, "--no-such-option"],
        ["gap", ANA, "--target", "senor"],
        ["gap", ANA, "--overlay", "no-such-overlay"],
        ["gap", ANA, "--framework", "no-such-framework"],
        ["gap", ANA, "--switch", "regulated"],
        ["gap", ANA, "--switch", "regulated=perhaps"],
        ["gap", ANA, "--switch", "regulatd=yes"],
        ["gap", ANA, "--switch", "regulated=yes", "--switch", "regulated=no"],
        ["check", "no-such-framework"],
        ["check", "no/such/folder"],
        ["serve", "--port", "70000"],
        ["serve", "--preheat", "-1"],
        ["example"],
    ],
    ids=lambda words: " ".join(Path(str(word)).name for word in words) or "nothing",
)
def test_wrong_use_ends_with_2(run: Run, words: list[object]) -> None:
    """What was asked for does not exist: exit 2, a message on stderr, no result, no trace."""
    result = run(*words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_wrong_use_names_what_was_probably_meant(run: Run) -> None:
    """A slip in a command, a profile or a switch gets the right word back."""
    assert "'verdict'" in run("verdct").stderr
    assert "did you mean 'senior'?" in run("gap", ANA, "--target", "senor").stderr
    assert "did you mean 'regulated'?" in run("gap", ANA, "--switch", "regulatd=no").stderr


def test_broken_data_ends_with_1(run: Run, ana: Callable[..., Path]) -> None:
    """A file that cannot be judged: exit 1, place and remedy on stderr, no result."""
    file = ana(ratings={"mlops": 7})

    for command in ("verdict", "gap"):
        result = run(command, file)

        assert (result.exit_code, result.stdout) == (1, "")
        assert "ratings > mlops" in result.stderr
        assert "expected a level of the scale: 0, 1, 2, 3, 4, 5" in result.stderr


def test_an_unexpected_failure_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program itself shows no trace, and says how to get one."""

    def fail(_: object) -> None:
        msg = "the wheel came off\nand rolled away"
        raise RuntimeError(msg)

    monkeypatch.setattr(check, "check_ladder", fail)
    result = run("check")

    assert (result.exit_code, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1
    assert "RuntimeError: the wheel came off" in result.stderr
    assert "SKILLMATRIX_DEBUG=1" in result.stderr

    monkeypatch.setenv("SKILLMATRIX_DEBUG", "1")
    assert "Traceback" in run("check").stderr


def test_an_error_on_purpose_is_its_own_text(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error of the library is shown as it is, also to whoever asked for traces."""

    def fail(_: object) -> None:
        msg = "the disk is full; make room"
        raise StoreError(msg)

    monkeypatch.setattr(check, "check_ladder", fail)
    monkeypatch.setenv("SKILLMATRIX_DEBUG", "1")

    assert run("check").stderr == "Error: the disk is full; make room\n"


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["verdict", ANA],
        *(
            pytest.param(words, marks=pytest.mark.slow)
            for words in (["check"], ["check", ANA], ["gap", ANA], ["doctor"])
        ),
    ],
    ids=lambda words: " ".join(Path(str(word)).name for word in words),
)
def test_start_is_light(words: list[object], tmp_path: Path) -> None:
    """No command that prints a result loads pandas, the store, a chart or a page."""
    script = (
        "import sys\n"
        "from skillmatrix.cli.app import app\n"
        "try:\n    app(sys.argv[1:])\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "SKILLMATRIX_WORKSPACE": str(tmp_path / "none")},
        check=True,
    )

    assert done.stderr.split() == []


def test_a_reader_that_stops_is_no_error(process: Process) -> None:
    """``skillmatrix gap FILE | head -1`` ends quietly, with the exit code of the command."""
    command = [sys.executable, "-m", "skillmatrix.cli", "gap", str(ANA)]
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            command, stdout=write, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False
        )
    finally:
        os.close(write)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_result_that_cannot_be_written_is_said(process: Process) -> None:
    """A full disk behind ``> file`` is an error with its reason, not a silent half."""
    command = [sys.executable, "-m", "skillmatrix.cli", "gap", str(ANA)]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=ROOT, timeout=60, check=False
        )

    assert done.returncode == 1
    assert b"could not be written" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.slow
def test_letters_the_screen_does_not_know_stop_nothing(process: Process, cohort: Path) -> None:
    """A name with an accent reaches an ASCII screen in another spelling, and JSON stays JSON."""
    file = cohort / "lucia-self.assessment.json"
    text = process("gap", file, PYTHONIOENCODING="ascii")
    data = process("gap", file, "--json", PYTHONIOENCODING="ascii")

    assert text.stdout.startswith("Luc\\xeda Ferrante")
    assert '"Luc\\u00eda Ferrante Quispe"' in data.stdout


def test_a_file_cannot_steer_the_terminal(run: Run, ana: Callable[..., Path]) -> None:
    """Control characters in a name are shown, not sent; a new line in it starts none."""
    name = "Ana\x1b]0;hello\x07\x9b31m\nBar: none\u202e"
    result = run("gap", ana(person={"code": "a", "name": name}))

    first, second, *_ = result.stdout.splitlines()
    assert first.startswith("Ana\\x1b]0;hello\\x07\\x9b31m Bar: none\\u202e,")
    assert second.startswith("Bar: Senior")


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    """Cells line up under each other, numbers to the right, no space at the end of a line."""
    rows = screen.columns([["skill", "bar"], ["a", "10"], ["long name", "2"]], frozenset({1}))

    assert rows == ["skill      bar", "a           10", "long name    2"]


def on_a_terminal(columns: int, *args: object, **env: str) -> str:
    """Run a command on a terminal of this width and give what reached it."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    unset = {"COLUMNS", "NO_COLOR", "FORCE_COLOR"}
    around = {k: v for k, v in os.environ.items() if k not in unset}
    with subprocess.Popen(
        [sys.executable, "-m", "skillmatrix.cli", *(str(arg) for arg in args)],
        stdout=theirs,
        stderr=theirs,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env={**around, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **env},
    ):
        os.close(theirs)
        received = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            received += piece
    os.close(ours)
    return received.decode().replace("\r\n", "\n")


@pytest.mark.parametrize(
    "columns",
    [40, pytest.param(72, marks=pytest.mark.slow), pytest.param(200, marks=pytest.mark.slow)],
)
def test_a_verdict_fits_the_terminal(columns: int) -> None:
    """On a terminal the verdict is framed, no line is wider than it, every state is there."""
    text = on_a_terminal(columns, "verdict", ANA, NO_COLOR="1")

    lines = text.splitlines()
    assert max(map(len, lines)) <= columns
    assert lines[0][0] == "╭"
    assert "\x1b" not in text
    assert [line.rstrip(" │").rsplit(" ", 1)[1] for line in lines if "floor" in line] == (
        ["MET"] * 3 if columns < 200 else ["(E3)"] * 3
    )
    assert text.count("NOT YET") == 2


@pytest.mark.slow
def test_colour_is_only_beside_words() -> None:
    """Colour on a terminal, none with NO_COLOR or on a dumb one; the words stay the same."""
    colour, without = (
        on_a_terminal(90, "verdict", ANA),
        on_a_terminal(90, "verdict", ANA, TERM="dumb"),
    )

    assert "\x1b[31mNOT MET" in colour
    assert "\x1b" not in without
    assert not BOXES & set(without)
    assert without.count("NOT MET") == colour.count("NOT MET")


@pytest.mark.slow
def test_a_gap_table_stacks_on_a_narrow_terminal() -> None:
    """Where the columns do not fit, each skill takes three short lines with the same facts."""
    narrow, wide = on_a_terminal(40, "gap", ANA), on_a_terminal(100, "gap", ANA)

    assert "  MLOps\n    claimed 2, supported 2, bar 4\n    steps 2, met no, rated\n" in narrow
    assert (
        "\nMLOps                                  2          2    4      2  no    rated\n" in wide
    )


@pytest.mark.slow
def test_long_work_shows_its_progress(cohort: Path, tmp_path: Path) -> None:
    """Many files on a terminal: a bar, gone in the end. Few files, or a pipe: none."""
    text = (cohort / "amal-self.assessment.json").read_text(encoding="utf-8")
    for number in range(30):
        (tmp_path / f"{number}.assessment.json").write_text(text, encoding="utf-8")

    assert "Checking" in on_a_terminal(80, "check", tmp_path)
    assert "Checking" not in on_a_terminal(80, "check", cohort)
