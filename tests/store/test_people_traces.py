"""What counts as a trace of a person in the bytes of a file, and what does not."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmatrix.store import traces as module
from skillmatrix.store.traces import Traces, contents, runs_of, texts_in

CODE = "a-23456789abcd"


def traces(*texts, names=(), codes=()):
    return Traces(set(codes), set(names), {run for text in texts for run in runs_of(text)})


def test_a_code_is_found_wherever_it_stands():
    """Between other letters too: a database writes columns without a gap."""
    content = b"\x00\x17eventp-" + CODE.encode() + b"ratingmlops\xff"

    assert traces(codes=[CODE]).found(content) == {"code": 1}
    assert traces(codes=["a-23456789abce"]).found(content) == {}


def test_a_text_is_found_when_a_page_cuts_it():
    """Four words in a row are left of a longer text."""
    sought = traces("Took over the nightly scoring job and cut its failures to one a month")

    assert sought.found(b"\x00\x00htly scoring job and cut its failu\x00\x00")["text"] == 2
    assert sought.found(b"the nightly scoring") == {}


@pytest.mark.parametrize(
    "text", ["Zwei\nZeilen mit Umlauten: Größe, Höhe", 'said "never again, ever"']
)
def test_a_text_is_found_as_json_writes_it(text):
    """A line break, a quotation mark or an umlaut is written in three ways."""
    for written in (text, json.dumps(text), json.dumps(text, ensure_ascii=False)):
        assert traces(text).found(written.encode()).get("text"), written


@pytest.mark.parametrize("name", ["Al", "Mark", "Me", "Bo"])
def test_a_short_name_is_no_false_alarm(name):
    """In running text it is a word like any other; alone between quotation marks it is a name."""
    prose = f'{name}so, {name}ed, {name} {name}-ing, "{name} and more", ok'.encode()

    assert traces(names=[name]).found(prose) == {}
    assert traces(names=[name]).found(f'{{"p-1": "{name}"}}'.encode()) == {"name": 1}


@pytest.mark.parametrize("name", ["Ana Example", "Ana Ribeiro-Lindholm", "Aleksandra"])
def test_a_whole_name_is_found_in_running_text(name):
    """Of two words, or one long word; a part of another word it is not."""
    assert traces(names=[name]).found(f"asked {name} about it".encode()) == {"name": 1}
    assert traces(names=[name]).found(f"asked {name}s about it".encode()) == {}


def test_nothing_is_lost_where_a_long_file_is_cut(monkeypatch):
    """A file is looked at in pieces; a code, a name and a text may lie across a cut."""
    monkeypatch.setattr(module, "PIECE", 1000)
    monkeypatch.setattr(module, "OVERLAP", 200)
    sought = traces(
        "scoring pipeline rebuilt without downtime whatsoever", names=["Ana Example"], codes=[CODE]
    )
    said = f" {CODE} Ana Example scoring pipeline rebuilt without downtime whatsoever ".encode()

    for place in range(900, 1100, 7):
        found = sought.found(b"." * place + said + b"." * 3000)
        assert found == {"code": 1, "name": 1, "text": 3}, place


def test_what_others_said_too_is_no_trace():
    """The same note of two people stays where the other one has it."""
    mine, others = traces("the same four words"), traces("also the same four words")

    assert mine.without(others).runs == set()


def test_ids_of_a_ladder_are_no_texts():
    """A skill id stands in every file; a word typed in a text field does not."""
    payload = {"skills": ["production-ml"], "text": "confidential-project", "value": 3, "n": None}

    assert list(texts_in(payload)) == ["confidential-project"]


def test_archives_are_looked_into(tmp_path):
    """A workbook of a spreadsheet is an archive: its cells are packed."""
    path = tmp_path / "report.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<t>{CODE}</t>" * 100)

    assert CODE.encode() not in path.read_bytes()
    assert any(traces(codes=[CODE]).found(part) for part in contents(path))


def test_a_broken_archive_is_read_as_bytes(tmp_path):
    """What only looks like an archive is looked at, and stops nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", "b" * 1000)
    whole = bytearray(made.getvalue())
    whole[35:40] = b"\xff" * 5
    path = tmp_path / "broken.zip"
    path.write_bytes(whole)

    assert next(contents(path)) == bytes(whole)
    assert len(list(contents(path))) >= 1


@settings(max_examples=40)
@given(st.text(min_size=1, max_size=300), st.binary(max_size=40), st.binary(max_size=40))
def test_a_text_is_always_found_where_it_stands(text, before, after):
    """Whatever a text is recognised by is found where the whole text stands."""
    sought = traces(text)
    stored = json.dumps(text).encode()

    assert bool(sought.found(before + b"\n" + stored + b"\n" + after)) == bool(sought.runs)
