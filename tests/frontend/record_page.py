"""What a person does on the Record step, in words."""

from __future__ import annotations

from typing import Any

GOOD = "Mean time to recover (MTTR),2026-10-31,3,hours,DASH-9"
BAD = "Mean time to recover (MTTR),31.10.2026,3,hours,DASH-9"
STRANGE = "Mean time to nowhere,2026-10-31,3,hours,DASH-9"
HEADER = "kpi,date,value,unit,source,colour"
LABELS = {
    "value": "Value",
    "unit": "Unit",
    "date": "When it was read",
    "source": "Where the number comes from",
    "own_part": "Your own part",
    "other_causes": "What else changed",
}
MTTR = "Mean time to recover (MTTR)"


def sent(page: Any, name: str) -> list[dict[str, Any]]:
    """Give the arguments of every command of a name the kernel has received."""
    return page.evaluate("n => mock.sent.filter(m => m.name === n).map(m => m.args)", name)


def stored(page: Any) -> None:
    """Wait until every change has been acknowledged."""
    page.wait_for_function("JSON.stringify(localStorage).includes('outbox') === false")


def item(page: Any, title: str) -> Any:
    """Give one item of the record by its title."""
    return page.locator(".sm-record-item").filter(
        has=page.get_by_role("heading", name=title, exact=True)
    )


def focus(page: Any) -> str:
    """Give the name by which the page finds the focus again."""
    return page.evaluate("document.activeElement.dataset.focus || ''")


def choose_file(page: Any, *lines: str) -> None:
    """Hand a CSV file to the import."""
    text = "\n".join((HEADER, *lines)) + "\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "readings.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )


def fill_reading(page: Any, title: str, **fields: str) -> Any:
    """Open the form for a reading and fill it in."""
    page.get_by_role("button", name=f"Add a reading: {title}").click()
    form = page.get_by_role("group", name=f"New reading: {title}")
    for label, text in fields.items():
        form.get_by_label(LABELS[label], exact=True).fill(text)
    return form
