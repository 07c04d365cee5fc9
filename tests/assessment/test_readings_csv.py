"""CSV files of readings: every row becomes a reading, or a problem with its line and remedy."""

import codecs
import datetime as dt
import time
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmatrix.assessment import RecordEntry, readings_csv
from skillmatrix.assessment.readings_cells import Figure, read_day, read_figure
from skillmatrix.assessment.readings_csv import ReadingsPreview, read_readings
from skillmatrix.assessment.record import Places, check_entry
from skillmatrix.errors import Problem
from skillmatrix.framework import Framework, load_framework
from skillmatrix.framework.record import written_items
from tests.conftest import TODAY

FW = load_framework("ml-specialist")
HEAD = "kpi,date,value,unit,source"
ROW = "kpi-mttr,2026-09-30,3.5,h,incident log"


def read(*rows: str, head: str = HEAD, existing: Iterable[RecordEntry] = ()) -> ReadingsPreview:
    """Read a file of these rows."""
    return read_readings("\n".join([head, *rows]) + "\n", FW, TODAY, existing)


def one(preview: ReadingsPreview) -> tuple[int | None, str, str]:
    """Give the only problem of a file: its line, its place, and all its words."""
    (problem,) = preview.refused
    assert all((problem.where, problem.found, problem.expected))
    return problem.line, problem.where, f"{problem.found} | {problem.expected} | {problem.remedy}"


def test_a_row_becomes_a_reading():
    """Every column is kept as it was written, and the line is known."""
    preview = read(
        "7.kpi.10;2026-09-30;3,5;Hours;Log;2026-Q3;Wrote the runbook;A new rota;=SUM(A1)",
        head="Indicator;Date;Value;Unit;Source;Period;My part;What else changed;Comment",
    )

    (entry,) = preview.understood
    assert entry.model_dump(exclude_none=True) == {
        "id": "reading-2",
        "item": "kpi-mttr",
        "date": dt.date(2026, 9, 30),
        "value": 3.5,
        "unit": "Hours",
        "source": "Log",
        "period": "2026-Q3",
        "own_part": "Wrote the runbook",
        "other_causes": "A new rota",
        "text": "=SUM(A1)",
    }
    assert (preview.lines, preview.delimiter, preview.refused) == ((2,), ";", ())
    assert preview.columns["My part"] == "own_part"
    assert "decimal comma" in preview.notes[0]


@pytest.mark.parametrize(
    "name", ["kpi-mttr", "KPI-MTTR", "7.kpi.10", "mean TIME to recover (mttr)"]
)
def test_a_kpi_has_three_names(name: str):
    """Its id, its number in the guide, and its title, in any case."""
    assert [e.item for e in read(f"{name},2026-09-30,3,h,log").understood] == ["kpi-mttr"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_usual_form_of_a_file_is_read(mark: str, end: str, code: str):
    """Comma, semicolon or tab; three line ends; UTF-8 with or without a mark, UTF-16 with one."""
    text = end.join([HEAD, 'kpi-mttr,2026-09-30,3.5,h,"Prüf;log, ""A"""', ""])
    rows = [line.replace(",", mark) for line in text.split(end)]
    rows[1] = mark.join(["kpi-mttr", "2026-09-30", "3.5", "h", '"Prüf;log, ""A"""'])
    preview = read_readings(end.join(rows).encode(code), FW, TODAY)

    assert [e.source for e in preview.understood] == ['Prüf;log, "A"']
    assert (preview.delimiter, preview.refused) == (mark, ())


def test_a_first_line_that_names_the_delimiter_is_followed():
    """As one spreadsheet program writes it; the lines are counted with it."""
    preview = read_readings(f"sep=;\n{HEAD.replace(',', ';')}\nkpi-mttr;x;3;h;log\n", FW, TODAY)

    assert (preview.delimiter, one(preview)[:2]) == (";", (3, "date"))


def test_big_endian_utf_16_is_read():
    """The mark says which end comes first."""
    data = codecs.BOM_UTF16_BE + f"{HEAD}\n{ROW}\n".encode("utf-16-be")

    assert len(read_readings(data, FW, TODAY).understood) == 1


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("3", 3, False),
        ("3.50", 3.5, False),
        ("-0.5", -0.5, False),
        ("+2", 2, False),
        ("\u22122,5", -2.5, False),
        ("1,5", 1.5, False),
        ("0,125", 0.125, False),
        ("12,7", 12.7, False),
        ("1,2345", 1.2345, False),
        ("1234,567", 1234.567, False),
        ("1.234,5", 1234.5, False),
        ("1,234.5", 1234.5, False),
        ("1,234,567", 1234567, False),
        ("1.234.567", 1234567, False),
        ("1 234", 1234, False),
        ("1\u00a0234\u202f567,5", 1234567.5, False),
        ("1e3", 1000.0, False),
        ("97 %", 97, True),
        ("97,5%", 97.5, True),
        ("0", 0, False),
    ],
)
def test_a_number_that_can_be_read_in_one_way(text: str, value: float, percent: bool):
    """Decimal point, decimal comma, groups of three; a whole number stays one."""
    figure = read_figure(text)

    assert (figure.value, figure.percent, type(figure.value)) == (value, percent, type(value))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing"),
        ("%", "'%'"),
        ("1,234", "write 1234 or 1.234"),
        ("-12,345", "write -12345 or -12.345"),
        ("inf", "a number such as 3.5"),
        ("nan", "a number such as 3.5"),
        ("-Infinity", "a number such as 3.5"),
        ("1e999", "between -1e+15 and 1e+15"),
        ("9" * 30, "between"),
        ("9" * 5000, "5000 characters"),
        ("=1+1", "formulas are not worked out"),
        ("@SUM(A1)", "formulas are not worked out"),
        ("1.2.3", "a number"),
        ("1,23,4", "a number"),
        ("12.34,5", "a number"),
        ("1 23", "a number"),
        ("3 h", "a number"),
        ("~3", "a number"),
        ("\u0663", "a number"),
        ("3.", "a number"),
        ("0x10", "a number"),
        ("1_000", "a number"),
        ("--3", "a number"),
    ],
)
def test_what_is_no_number_or_two_is_refused(text: str, words: str):
    """Not finite, not a figure, or readable in two ways: never guessed."""
    assert words in str(read_figure(text))


def test_a_point_before_three_digits_is_unclear_in_a_file_with_decimal_commas():
    """Where 1,5 stands, 1.234 may be a thousand; where 1.5 stands, it is not."""
    head = HEAD.replace(",", ";")
    commas = read("kpi-mttr;2026-09-30;1,5;h;a", "kpi-mttr;2026-09-29;1.234;h;a", head=head)
    points = read("kpi-mttr,2026-09-30,1.5,h,a", "kpi-mttr,2026-09-29,1.234,h,a")

    assert one(commas)[:2] == (3, "value")
    assert "write 1234 or 1.2340" in one(commas)[2]
    assert [e.value for e in points.understood] == [1.5, 1.234]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "nothing"),
        ("2026-02-30", "a day that exists"),
        ("2026-11-21", "a day up to 2026-11-20"),
        ("31.05.2026", "write 2026-05-31, if"),
        ("31/5/2026", "write 2026-05-31, if"),
        ("05/31/2026", "write 2026-05-31, if"),
        ("05/05/2026", "write 2026-05-05, if"),
        ("05/06/2026", "it could be 2026-05-06 or 2026-06-05"),
        ("2026/05/31", "write 2026-05-31, if"),
        ("20260531", "write 2026-05-31, if"),
        ("2026-05-31T10:00:00Z", "write 2026-05-31, if"),
        ("2026-05-31 10:00", "write 2026-05-31, if"),
        ("31 May 2026", "write 2026-05-31, if"),
        ("May 31, 2026", "write 2026-05-31, if"),
        ("31.05.26", "year, month and day with hyphens"),
        ("32/13/2026", "year, month and day with hyphens"),
        ("46173", "year, month and day with hyphens"),
        ("Q2 2026", "year, month and day with hyphens"),
        ("31 Mayday 2026x", "year, month and day with hyphens"),
        ("0000-01-01", "a day that exists"),
        ("\u0662026-05-31", "year, month and day"),
    ],
)
def test_a_day_in_another_form_is_refused_with_the_one_it_may_be(text: str, words: str):
    """Only where one day can be meant it is named; nothing is read that is not ISO."""
    assert words in str(read_day(text, TODAY))


@pytest.mark.parametrize(
    ("row", "where", "words"),
    [
        ("kpi-mtr,2026-09-30,3,h,log", "kpi", "did you mean 'kpi-mttr'?"),
        ("MTTR,2026-09-30,3,h,log", "kpi", "did you mean 'kpi-mttr'?"),
        ("time,2026-09-30,3,h,log", "kpi", "the template has the name"),
        ("Mean time to recovery,2026-09-30,3,h,log", "kpi", "mean 'kpi-mttr'?"),
        (",2026-09-30,3,h,log", "kpi", "nothing"),
        ("mlops,2026-09-30,3,h,log", "kpi", "the template has the name"),
        ("kpi-mttr,2026-09-30,3,min,log", "unit", "'min' | 'hours', the unit of 'Mean time"),
        ("kpi-mttr,2026-09-30,3,,log", "unit", "nothing | 'hours'"),
        ("kpi-guardrails,2026-09-30,3,,log", "unit", "a unit, such as %"),
        ("kpi-mttr,2026-09-30,3 %,h,log", "unit", "a percent sign beside the unit 'h'"),
        ("kpi-mttr,2026-09-30,3 %,,log", "unit", "'%' | 'hours'"),
        ("kpi-offline-improvement,2026-09-30,3 %,,log", "unit", "'%' | '% relative'"),
        ("kpi-mttr,2026-09-30,3,h,", "source", "where the figure comes from"),
        ("kpi-mttr,2026-09-30,3,h, ", "source", "where the figure comes from"),
        ("kpi-mttr,2026-09-30,3,h", "the row", "4 cells | 5 cells"),
        ("kpi-mttr,2026-09-30,3,h,log,more", "the row", "quotes round a cell that holds a comma"),
        ("kpi-mttr,2026-09-30,3,5,h,log", "the row", "quotes round a cell that holds a comma"),
        ('kpi-mttr,2026-09-30,3,h,"log', "the row", "a quote that is not closed"),
        ('kpi-mttr,2026-09-30,3,h,"log" x', "the row", "a quote that is not closed"),
        ("kpi-mttr,2026-09-30,3,h,a\x00b", "source", "a control character"),
        ("kpi-mttr,2026-09-30,3,h,a\x1bb", "source", "a control character"),
        ("kpi-mttr,2026-09-30,3,h,Pr\ufffdf", "source", "a character that could not be read"),
        ("kpi-mttr,2026-09-30,3,h,\ud800", "source", "a character that could not be read"),
        ('kpi-mttr,2026-09-30,3,h,"a\nb"', "source", "text on one line"),
        (f"kpi-mttr,2026-09-30,3,h,{'x' * 2001}", "source", "at most 2000 characters"),
        (f"kpi-mttr,2026-09-30,3,h,{'x' * 20001}", "source", "at most 20,000"),
        (f"kpi-mttr,2026-09-30,3,h,{'x' * 1_000_000}", "the row", "a cell of enormous length"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_costs_no_other(row: str, where: str, words: str):
    """The rows before and after are read; the problem names line, place and remedy."""
    before, after = ROW, ROW.replace("09-30", "10-31")
    preview = read(before, row, after)

    assert [e.date.month for e in preview.understood] == [9, 10]
    line, place, said = one(preview)
    assert (line, place) == (3, where)
    assert words in said


def test_everything_wrong_in_a_row_is_said_at_once():
    """Name, day, figure and source of one row are four problems of one line."""
    preview = read("kpi-x,31.5.2026,three,h,")

    assert [(p.line, p.where) for p in preview.refused] == [
        (2, "kpi"),
        (2, "date"),
        (2, "value"),
        (2, "source"),
    ]


def test_a_percent_sign_is_the_unit():
    """97 % of a KPI that says of what; with the unit beside it, it is said once more."""
    preview = read(
        "kpi-pipeline-success,2026-09-30,97 %,,dash",
        "kpi-pipeline-success,2026-10-31,97%,%,dash",
        "kpi-offline-improvement,2026-10-31,3 %,% relative,dash",
    )

    assert [(e.value, e.unit) for e in preview.understood] == [
        (97, "%"),
        (97, "%"),
        (3, "% relative"),
    ]


def test_quotes_inside_a_text_do_no_harm():
    """An inch sign is no opening quote, and a cell of two lines is one cell."""
    preview = read('kpi-mttr,2026-09-30,3,h,5" rack', ROW, head=HEAD)
    two = read(f'{ROW},"first\nsecond"', ROW.replace("09", "10") + ",x", head=f"{HEAD},note")

    assert [e.source for e in preview.understood] == ['5" rack', "incident log"]
    assert [e.text for e in two.understood] == ["first\nsecond", "x"]
    assert two.lines == (2, 4)


def test_formulas_stay_text():
    """Nothing is worked out, cut or marked: what would be a formula is kept as it is."""
    preview = read('kpi-mttr,2026-09-30,3,h,"=HYPERLINK(""x"")"', "kpi-mttr,2026-10-31,3,h,@a")

    assert [e.source for e in preview.understood] == ['=HYPERLINK("x")', "@a"]


def test_a_row_that_is_there_twice_is_taken_once():
    """The same KPI, day, figure and source: listed as a duplicate, with the line of the first."""
    preview = read(ROW, ROW.replace("3.5,h", "3.50,hours"), ROW.upper().replace("KPI-MTTR", "mttr"))
    again = read(ROW, existing=preview.understood)

    assert len(preview.understood) == 1
    assert [(p.line, p.remedy) for p in preview.duplicates] == [(3, "line 2 says the same")]
    assert (len(again.understood), again.refused) == (0, ())
    assert again.duplicates[0].remedy == "the record has it already"


def test_rows_that_contradict_each_other_are_both_refused():
    """Two figures for one KPI, day and source: each names the line of the other, none is taken."""
    preview = read(ROW, ROW.replace("3.5", "4"), ROW.replace("3.5", "5"), ROW.replace("log", "b"))

    assert [e.source for e in preview.understood] == ["incident b"]
    said = [(p.line, p.remedy.partition(":")[0]) for p in preview.refused]
    assert said == [(2, "line 3 says 4 h"), (3, "line 2 says 3.5 h"), (4, "line 2 says 3.5 h")]


def test_a_row_that_contradicts_the_record_is_refused():
    """What is stored stays; the row says what stands there."""
    stored = read(ROW).understood
    preview = read(ROW.replace("3.5", "4"), ROW.replace("3.5", "4"), existing=stored)

    assert (preview.understood, len(preview.refused)) == ((), 2)
    assert "the record says 3.5 h" in preview.refused[0].remedy


def test_figures_of_two_periods_are_two_readings():
    """A month and a quarter that end on the same day do not contradict each other."""
    head = f"{HEAD},period"
    preview = read(f"{ROW},month", f"{ROW.replace('3.5', '4')},quarter", head=head)

    assert len(preview.understood) == 2


def _size(text: str, count: int) -> bytes:
    return (f"{HEAD}\n" + f"{text}\n" * count).encode()


#: A file as a whole, then its line, and what the one problem has to say.
FILES: dict[str, tuple[bytes | str, int | None, str]] = {
    "empty": (b"", None, "nothing | a header"),
    "blank": (b"\n \n\t\n", None, "nothing | a header"),
    "only a mark": (codecs.BOM_UTF8, None, "nothing | a header"),
    "header only": (f"{HEAD}\n\n", 1, "a header and no row"),
    "no header": (ROW, 1, "missing: kpi, date, value, unit, source"),
    "other columns": ("a,b,c\n1,2,3\n", 1, "missing: kpi"),
    "a column short": ("kpi,date,value,unit\n1,2,3,4\n", 1, "missing: source"),
    "a column slipped": ("kpi,date,value,unit,sorce\n", 1, "did you mean 'sorce'?"),
    "a column twice": (f"{HEAD},KPI_ID\n{ROW},x\n", 1, "the columns 'kpi' and 'KPI_ID'"),
    "another delimiter": (f"{HEAD}\n".replace(",", "|"), 1, "parted by comma, semicolon or tab"),
    "latin-1": (f"{HEAD}\n{ROW} prüf\n".encode("latin-1"), None, "not UTF-8 at position 68"),
    "cut UTF-16": (f"{HEAD}\n".encode("utf-16")[:-1], None, "not UTF-16"),
    "UTF-16 without a mark": (f"{HEAD}\n{ROW}".encode("utf-16-le"), None, "NUL characters"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", None, "not UTF-8"),
    "workbook": (b"PK\x03\x04\x14\x00\x06\x00", None, "a workbook (.xlsx) is saved as CSV first"),
    "100 MB": (b"x" * 100_000_000, None, "100 MB | at most 10 MB"),
    "20,001 rows": (_size(ROW, 20_001), None, "more than 20,000 rows"),
    "5 million lines": (_size("", 5_000_000), None, "at most 200,000"),
    "half a quote in the header": ('kpi,"date\n1,2\n', 1, "missing"),
}


@pytest.mark.parametrize(("data", "line", "words"), FILES.values(), ids=FILES)
def test_a_file_that_holds_no_readings_is_one_clear_problem(
    data: bytes | str, line: int | None, words: str
):
    """Hostile or hurried, a file is answered with one problem, in well under two seconds."""
    start = time.process_time()
    preview = read_readings(data, FW, TODAY)

    assert (preview.understood, one(preview)[0]) == ((), line)
    assert words in one(preview)[2]
    assert time.process_time() - start < 2


def test_columns_that_are_not_read_are_told():
    """A column nobody knows is no mistake, and is not passed over in silence."""
    preview = read(f"{ROW},red", head=f"{HEAD},Team colour")

    assert (len(preview.understood), preview.refused) == (1, ())
    assert preview.notes == ("The column 'Team colour' is not read.",)
    assert preview.columns["Team colour"] is None


def test_rows_of_the_template_that_were_left_empty_are_counted():
    """A KPI and its unit without day, figure and source say nothing; one of the three does."""
    preview = read("kpi-mttr,,,hours,", "kpi-mttd,,,minutes,", ROW, "kpi-mttr,,3,h,", ",,,,")

    assert (len(preview.understood), preview.notes) == (1, ("2 rows left empty.",))
    assert {p.line for p in preview.refused} == {5}


LIKE = "mean time between failures of models and detection number"
MANY = {
    "good": [f"kpi-mttr,{dt.date(1999, 1, 1) + dt.timedelta(n)},{n},h,log" for n in range(10_000)],
    "wrong": [f"{LIKE} {n},31.{n}.2026,x{n},,{n}" for n in range(10_000)],
    "at odds": [f"kpi-mttr,2026-09-30,{n},h,log" for n in range(10_000)],
}


@pytest.mark.parametrize("kind", MANY)
def test_ten_thousand_rows_are_read_in_well_under_two_seconds(kind: str):
    """Good rows, rows wrong in every cell, and rows that all contradict each other."""
    start = time.process_time()
    preview = read(*MANY[kind])
    took = time.process_time() - start

    lines = {*preview.lines, *(p.line for p in preview.refused)}
    assert (len(preview.understood), len(lines)) == (10_000 if kind == "good" else 0, 10_000)
    assert took < 1.5


def test_an_open_quote_does_not_swallow_the_file():
    """In a file of 2,000 rows with one quote left open, 1,999 rows are read."""
    rows = [f"kpi-mttr,{dt.date(2020, 1, 1) + dt.timedelta(n)},3,h,log" for n in range(2000)]
    rows[1000] = rows[1000].replace("log", '"log')
    preview = read(*rows)

    assert len(preview.understood) == 1999
    assert one(preview)[0] == 1002

    rows[1500] = rows[1500].replace("log", 'log"')
    assert (len(read(*rows).understood), one(read(*rows))[0]) == (1999, 1002)


cells = st.sampled_from(["kpi-mttr", "2026-09-30", "3,5", "h", "log", '"', "", "=1", "\x00", "é"])
garbage = st.lists(st.lists(cells, max_size=7).map(",".join), max_size=6)


@given(st.binary(max_size=200) | garbage.map(lambda rows: "\n".join([HEAD, *rows]).encode()))
def test_nothing_raises_and_what_is_understood_may_be_stored(data: bytes):
    """Whatever bytes come: problems with words, and readings that keep every rule of the record."""
    preview = read_readings(data, FW, TODAY)

    places = Places.of(FW)
    assert all(p.where and p.found and p.expected for p in preview.refused)
    assert [check_entry(e, places, TODAY) for e in preview.understood] == [
        [] for _ in preview.understood
    ]
    assert len(preview.lines) == len(preview.understood) == len({e.id for e in preview.understood})


def test_every_kpi_of_the_guide_can_be_imported(fw: Framework):
    """One row a KPI in its own unit, as in the template: all 18 are understood."""
    kpis: dict[str, Any] = {k: i for k, i in written_items(fw).items() if k.startswith("kpi-")}
    rows = [f'{k},2026-09-30,1,"{i.target.unit or "%"}",dashboard' for k, i in kpis.items()]
    preview = read(*rows)

    assert [e.item for e in preview.understood] == list(kpis)
    assert len(kpis) == 18


def test_two_certain_quarters_are_two_readings():
    """Q2 and Q3 read on one day from one source do not contradict each other."""
    head = f"{HEAD},period"
    preview = read(f"{ROW},Q2 2026", f"{ROW.replace('3.5', '4')},Q3 2026", head=head)

    assert [e.period for e in preview.understood] == ["Q2 2026", "Q3 2026"]


def test_a_contradiction_with_any_stored_reading_is_found():
    """Of two stored readings of one key, the one entered first is not forgotten."""
    first, second = read(ROW).understood[0], read(ROW.replace("3.5", "4")).understood[0]
    stored = [first, second.model_copy(update={"id": "x"})]
    preview = read(ROW.replace("3.5", "4"), existing=stored)

    assert (preview.understood, len(preview.refused)) == ((), 1)
    assert "the record says 3.5 h" in preview.refused[0].remedy


@pytest.mark.parametrize("text", ["1,234", "1.234"])
def test_the_remedy_for_an_unclear_number_is_read_in_a_file_with_commas(text: str):
    """Both ways the message offers are taken as they stand."""
    problem = read_figure(text, comma_file=True)
    assert isinstance(problem, Problem)
    thousands, _, decimals = problem.remedy.partition(":")[0].removeprefix("write ").split(" ", 2)
    read_both = [read_figure(way, comma_file=True) for way in (thousands, decimals)]

    assert [figure.value for figure in read_both if isinstance(figure, Figure)] == [1234, 1.234]


def test_a_title_that_two_kpis_share_is_refused_with_their_ids(monkeypatch: pytest.MonkeyPatch):
    """A reading never goes to the first of two silently; the id is still clear."""
    items = written_items(FW)
    twin = items["kpi-mttd"].model_copy(update={"title": items["kpi-mttr"].title})
    doubled = {**items, "kpi-mttd": twin}
    monkeypatch.setattr(readings_csv, "written_items", lambda _: doubled)

    assert len(read(ROW).understood) == 1
    assert "kpi-mttd or kpi-mttr" in one(read(ROW.replace("kpi-mttr", twin.title)))[2]
