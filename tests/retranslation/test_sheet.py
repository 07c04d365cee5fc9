"""The sorting sheet: shuffled, complete, and without an answer in it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections import Counter

import pytest
from python_calamine import CalamineWorkbook

from skillmatrix.errors import MismatchError, UsageError
from skillmatrix.framework import Framework
from skillmatrix.retranslation import as_html, as_xlsx, sorting_sheet, sorting_sheets
from skillmatrix.retranslation.draw import draw_of, sortable

MADE = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def sheets_of(book: bytes) -> dict[str, list[list[object]]]:
    """Read every sheet of a workbook."""
    cells = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {name: cells.get_sheet_by_name(name).to_python() for name in cells.sheet_names}


def test_every_anchor_is_on_the_sheet_once(fw: Framework):
    """All above the lowest level, in an order of the seed's and not of the ladder's."""
    texts = [anchor.text for _, anchor in sortable(fw)]
    sheet = sorting_sheet(fw, seed=1)

    assert len(texts) == 329
    assert sorted(sheet.items) == sorted(texts)
    assert list(sheet.items) != texts
    assert {level.value for level in sheet.levels} == {1, 2, 3, 4, 5}


def test_a_lowest_level_that_says_what_is_done_is_sorted(mini: Framework):
    """It is left out where nothing of it is a deed, not because it is the lowest."""
    desk = mini.skills["reference-desk"]
    name, first = next((name, a) for name, a in desk.anchors.items() if a.level == 1)
    deed = first.model_copy(update={"text": "Asks a colleague.", "verb": "asks"})
    said = desk.model_copy(update={"anchors": {**desk.anchors, name: deed}})
    skills = {**mini.skills, "reference-desk": said}
    sheet = sorting_sheet(mini.model_copy(update={"skills": skills}), 1)

    assert [level.value for level in sorting_sheet(mini, 1).levels] == [2, 3, 4]
    assert [level.value for level in sheet.levels] == [1, 2, 3, 4]
    assert "Asks a colleague." in sheet.items


def test_the_same_seed_gives_the_same_sheet_and_another_another(mini: Framework):
    """So a sheet can be scored without anything kept of it; sorters have orders of their own."""
    one, again = sorting_sheet(mini, 1), sorting_sheet(mini, 1)
    two = sorting_sheets(mini, 1, 2)

    assert one == again
    assert one.items != sorting_sheet(mini, 2).items
    assert two[0].items != two[1].items
    assert sorted(two[0].items) == sorted(two[1].items)


@pytest.mark.parametrize(("share", "sorters", "each"), [(0.5, 6, 3), (0.4, 7, 3), (0.01, 3, 1)])
def test_a_share_is_dealt_out_evenly(fw: Framework, share: float, sorters: int, each: int):
    """Every anchor goes to as many sorters as any other, and every sorter gets about as many."""
    sheets = sorting_sheets(fw, 3, sorters, share=share)
    dealt = Counter(text for sheet in sheets for text in sheet.items)
    sizes = [len(sheet.items) for sheet in sheets]

    assert set(dealt.values()) == {each}
    assert len(dealt) == 329
    assert max(sizes) - min(sizes) <= each


def test_no_answer_is_in_a_sheet(fw: Framework):
    """Neither an id of an anchor, nor where it stands, nor its near miss is in either file."""
    sheet = sorting_sheet(fw, 5, skills=["mlops", "python"])
    page = as_html(sheet).decode()
    book = as_xlsx(sheet, MADE)
    told = page + repr(list(sheets_of(book).values()))

    for _, anchor in sortable(fw):
        assert anchor.id not in told
        assert not anchor.not_this or anchor.not_this not in told


def test_all_skills_can_be_chosen_where_some_were_drawn(fw: Framework):
    """A choice between two skills would be easier than the ladder is."""
    sheet = sorting_sheet(fw, 5, skills=["mlops"], areas=["advanced"])
    drawn = {group for group, _ in draw_of(sheet.id, fw).anchors(fw)}

    assert drawn == {"mlops"} | {n for n, s in fw.skills.items() if s.area == "advanced"}
    assert [group.id for group in sheet.groups] == list(fw.skills)


def test_criteria_are_sorted_on_a_sheet_of_their_own(fw: Framework):
    """Criteria and skills overlap by design, so no sheet mixes them."""
    sheet = sorting_sheet(fw, 5, kind="criteria")

    assert [group.id for group in sheet.groups] == list(fw.criteria)
    assert {g for g, _ in draw_of(sheet.id, fw).anchors(fw)} == set(fw.criteria)


def test_an_id_tells_the_draw_and_nothing_else_is_one(mini: Framework, fw: Framework):
    """A changed letter or a sheet of other wordings is refused: a wrong key would spoil a round."""
    sheet = sorting_sheet(mini, 9, 2, sorters=5, share=0.6, skills=["cataloguing"])
    draw = draw_of(sheet.id, mini)
    wrong = ("b" if sheet.id[9] == "a" else "a").join((sheet.id[:9], sheet.id[10:]))

    assert (draw.seed, draw.number, draw.of, draw.copies) == (9, 2, 5, 3)
    assert draw.groups == ("cataloguing",)
    with pytest.raises(UsageError, match="no id of a sheet"):
        draw_of(wrong, mini)
    with pytest.raises(UsageError, match="no id of a sheet"):
        draw_of("sheet 1", mini)
    with pytest.raises(MismatchError, match="other wordings"):
        draw_of(sheet.id, fw)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"seed": -1}, "seed -1"),
        ({"sorter": 3, "sorters": 2}, "sorter 3 of 2"),
        ({"share": 0}, "share 0"),
        ({"share": 1.5}, "share 1.5"),
        ({"skills": ["mlop"]}, "did you mean 'mlops'"),
        ({"areas": ["core"]}, "no area 'core'"),
        ({"kind": "roles"}, "no kind 'roles'"),
        ({"kind": "criteria", "areas": ["advanced"]}, "no areas"),
    ],
)
def test_what_cannot_be_drawn_is_said(fw: Framework, more: dict, found: str):
    """Every argument that is out of range is named with what was expected."""
    with pytest.raises(UsageError, match=found):
        sorting_sheet(fw, **{"seed": 1, **more})


def test_the_workbook_is_the_same_twice_and_holds_only_texts(mini: Framework):
    """A title that looks like a formula stays a title, in the list and in the sheet."""
    sneaky = mini.skills["cataloguing"].model_copy(update={"title": '=HYPERLINK("x")'})
    skills = {**mini.skills, "cataloguing": sneaky}
    sheet = sorting_sheet(mini.model_copy(update={"skills": skills}), 1)
    book = as_xlsx(sheet, MADE)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        written = b"".join(parts.read(n) for n in parts.namelist() if "worksheets/sheet" in n)

    assert book == as_xlsx(sheet, MADE)
    assert sheets_of(book)["Skills"][1][0] == '=HYPERLINK("x")'
    assert b"<f>" not in written


def test_the_page_asks_for_nothing_and_escapes_what_it_shows(mini: Framework):
    """No address is in it, one script may run, and a text of a framework is text."""
    nasty = mini.skills["cataloguing"].model_copy(update={"title": "<script>alert(1)</script>"})
    skills = {**mini.skills, "cataloguing": nasty}
    page = as_html(sorting_sheet(mini.model_copy(update={"skills": skills}), 1)).decode()

    assert "http:" not in page
    assert "https:" not in page
    assert page.count("<script>") == 1
    assert "default-src 'none'" in page
