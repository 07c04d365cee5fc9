"""Reading reports back: every byte of them, and what they say."""

from __future__ import annotations

import io
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject


def everything(content: bytes, kind: str) -> str:
    """
    Give all that is in a file, whatever it was packed in.

    For a workbook every file in it; for a PDF its text, its metadata and every stream and
    string, unpacked; of all of them the bytes as they are, too.
    """
    found = [content.decode("latin-1"), content.decode("utf-8", "ignore")]
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            found += packed.namelist()
            found += [packed.read(name).decode("utf-8", "ignore") for name in packed.namelist()]
    if kind == "pdf":
        reader = PdfReader(io.BytesIO(content))
        found += [text_of(content), str(reader.metadata), str(reader.xmp_metadata)]
        for number in range(1, len(reader.xref_objStm) + _highest(reader) + 1):
            thing = reader.get_object(IndirectObject(number, 0, reader))
            found.append(repr(thing))
            if isinstance(thing, StreamObject):
                found.append(thing.get_data().decode("latin-1"))
    return "\n".join(found)


def _highest(reader: PdfReader) -> int:
    return max((number for table in reader.xref.values() for number in table), default=0)


def text_of(content: bytes) -> str:
    """Give the words of a PDF on one line: where its lines break is a matter of layout."""
    pages = PdfReader(io.BytesIO(content)).pages
    text = " ".join(page.extract_text() for page in pages)
    return re.sub(r"\s+", " ", text.replace("\u200b", ""))


def outline(reader: PdfReader) -> list[str]:
    """Give the kinds of all structure elements of a PDF."""
    kinds: list[str] = []

    def walk(element: Any) -> None:
        element = element.get_object() if isinstance(element, IndirectObject) else element
        if isinstance(element, list):
            for each in element:
                walk(each)
        elif isinstance(element, DictionaryObject):
            if "/S" in element:
                kinds.append(str(element["/S"]))
            if "/K" in element:
                walk(element["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return kinds


class Page(HTMLParser):
    """An HTML file as its elements, in order: tag, attributes, and the text after each."""

    def __init__(self, content: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        """Give the attributes of all elements of some kinds."""
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def text(self) -> str:
        """All text, on one line."""
        return " ".join(" ".join(self.texts).split())
