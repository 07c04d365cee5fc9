"""Packets: what crosses from one person to another, with a list of what it is."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from skillmatrix.assessment.fields import UNRATED, Code, FrozenMap, Instant
from skillmatrix.assessment.files import as_data, assessment_from, file_text, lock, write_whole
from skillmatrix.assessment.model import Assessment
from skillmatrix.assessment.parse import parse
from skillmatrix.assessment.problems import problem_of
from skillmatrix.assessment.share import NOTHING, Held, Kind, counts, share, unknown_keys
from skillmatrix.errors import AssessmentError, Problem, UsageError
from skillmatrix.framework.model import Framework

FORMAT = "skillmatrix.packet"
FORMAT_VERSION = 1

Reader = Literal["mentor", "calibration"]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Counts = Annotated[Mapping[Kind, Annotated[int, Field(ge=0)]], FrozenMap]


class _Part(BaseModel):
    """Base of the parts of a packet: frozen, and no key that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Manifest(_Part):
    """What a packet is: for whom, of whom, and how much of the round is in it."""

    audience: Reader = Field(description="Whom it was made for: mentor or calibration.")
    made_at: Instant = Field(description="When it was made.")
    person: Code = Field(description="Code of the person it speaks of.")
    framework: str = Field(description="id@version the ratings refer to.")
    included: Counts = Field(description="How much is in it, by kind.")
    left_out: Counts = Field(description="How much of the locked round is not, by kind.")


class Packet(_Part):
    """
    One view of a locked round, made for one reader.

    Attributes
    ----------
    manifest : Manifest
    assessment : Assessment
        Locked, with the parts chosen for the reader.
    ratings_sha256 : str
        Of the ratings alone: the same in every packet of a round, whatever was held back.
        It shows that two packets say the same levels; it does not keep them secret.
    sha256 : str
        Of everything else in the packet.
    """

    format: Literal["skillmatrix.packet"] = "skillmatrix.packet"
    format_version: Literal[1] = 1
    manifest: Manifest
    assessment: Assessment
    ratings_sha256: Digest = Field(description="Of the ratings alone.")
    sha256: Digest = Field(description="Of the packet as canonical JSON without this key.")


def make_packet(
    assessment: Assessment, audience: Reader, at: dt.datetime, held: Held = NOTHING
) -> Packet:
    """
    Make the packet of a round for one reader.

    Parameters
    ----------
    assessment : Assessment
        A draft, which is locked as of `at`, or a locked one, which keeps the time of its lock.
    audience : {"mentor", "calibration"}
    at : datetime.datetime
        Now, with its zone.
    held : Held, optional
        What is held back of what the reader would get.

    Returns
    -------
    Packet
        Its manifest counts what is left out of the locked round. Private notes, the record
        and unknown keys are no part of one and are not counted.

    Raises
    ------
    UsageError
        If the reader is none of the two, or the time has no zone.

    Examples
    --------
    >>> import skillmatrix as sm
    >>> fw = sm.load_framework("ml-specialist")
    >>> a = sm.Assessment(framework=fw.key, person={"code": "p-1", "name": "Ana"},
    ...     rater={"kind": "self"}, as_of="2026-11-20", ratings={"mlops": 3})
    >>> packet = make_packet(a, "calibration", dt.datetime(2026, 11, 20, tzinfo=dt.UTC))
    >>> packet.assessment.status, packet.manifest.left_out
    ('locked', {'name': 1})
    """
    if audience not in get_args(Reader):
        msg = f"a packet is for a mentor or for calibration, not for {audience!r}"
        raise UsageError(msg)
    closed = assessment if assessment.status == "locked" else lock(assessment, at)
    given = lock(share(closed, audience, held), closed.locked_at or at)
    had, has = counts(closed), counts(given)
    gone = {kind: n - has[kind] for kind, n in had.items()}
    manifest = Manifest(
        audience=audience,
        made_at=at,
        person=given.person.code,
        framework=given.framework,
        included={kind: n for kind, n in has.items() if n},
        left_out={kind: n for kind, n in gone.items() if n},
    )
    zeros = "0" * 64
    ratings = ratings_hash(given)
    packet = Packet(manifest=manifest, assessment=given, ratings_sha256=ratings, sha256=zeros)
    return packet.model_copy(update={"sha256": _digest(packet_data(packet), "sha256")})


def ratings_hash(assessment: Assessment) -> str:
    """
    Give the SHA-256 of the ladder and the ratings alone, as canonical JSON.

    Notes
    -----
    A skill left out and one that says UNRATED are the same. Few levels are possible, so
    whoever knows the hash could guess them: it proves, it does not hide.
    """
    rated = {skill: r.value for skill, r in assessment.ratings.items() if r != UNRATED}
    return _digest({"framework": assessment.framework, "ratings": rated})


def _digest(data: dict[str, Any], without: str = "") -> str:
    said = {key: value for key, value in data.items() if key != without}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def packet_data(packet: Packet) -> dict[str, Any]:
    """Give the plain content of a packet, ready for JSON."""
    data = packet.model_dump(mode="json", exclude={"assessment"})
    return {**data, "assessment": as_data(packet.assessment)}


def packet_text(packet: Packet) -> str:
    """Give a packet as the text of its file."""
    return text_of(packet_data(packet))


def text_of(data: Mapping[str, Any]) -> str:
    """Write plain content out: keys in order, the same text every time."""
    return json.dumps(data, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def packet_name(data: Mapping[str, Any]) -> str:
    """Name the file of a packet by its plain content: it tells the code, never the name."""
    said = data["manifest"]
    return f"{said['person']}.{said['audience']}.packet.json"


def write_packet(packet: Packet, path: str | os.PathLike[str]) -> None:
    """Write a ``*.packet.json``, all of it or nothing."""
    write_whole(path, packet_text(packet))


def read_packet(
    path: str | os.PathLike[str],
    framework: Framework | None = None,
    *,
    person: str | None = None,
    audience: Reader | None = None,
) -> Packet:
    """
    Read a packet and verify all of it.

    Parameters
    ----------
    path : path-like
        A ``*.packet.json`` of at most 20 MB.
    framework : Framework, optional
        Where it is not a shipped one.
    person : str, optional
        Code of the person it has to speak of.
    audience : {"mentor", "calibration"}, optional
        Whom it has to be made for.

    Returns
    -------
    Packet

    Raises
    ------
    AssessmentError
        Lists every problem: damage, a change after it was made, a newer version, another
        person, or content that its reader should not have.
    """
    source = str(path)
    data = parse(file_text(path, "a packet file"), source)
    packet = packet_from(data, source, framework)
    wrong = []
    said = packet.manifest
    if person is not None and said.person != person:
        remedy = "ask for the packet of the right person"
        wrong.append(Problem("manifest > person", f"{said.person!r}", f"{person!r}", remedy))
    if audience is not None and said.audience != audience:
        remedy = f"ask its author for a packet made for {audience}"
        wrong.append(Problem("manifest > audience", f"{said.audience!r}", f"{audience!r}", remedy))
    if wrong:
        raise AssessmentError(source, wrong)
    return packet


def packet_from(
    data: dict[str, Any], source: str = "the packet", framework: Framework | None = None
) -> Packet:
    """Make a packet of plain content, or say everything that is wrong with it."""
    _check_format(data, source)
    problems: list[Problem] = []
    inside = data.get("assessment")
    if isinstance(inside, dict):
        try:
            given: Assessment | None = assessment_from(inside, source, framework)
        except AssessmentError as error:
            given = None
            problems += [replace(p, where=f"assessment > {p.where}") for p in error.problems]
    else:
        given = None
        problems.append(Problem("assessment", "nothing of the kind", "a locked assessment"))
    try:
        # What was read stands for the assessment, so that its keys are not looked at twice.
        packet = Packet.model_validate({**data, "assessment": given or _EMPTY})
    except ValidationError as error:
        problems += [problem_of(item) for item in error.errors(include_url=False)]
        raise AssessmentError(source, problems) from None
    if _digest(data, "sha256") != packet.sha256:
        found = f"{packet.sha256[:12]}..."
        expected = f"{_digest(data, 'sha256')[:12]}..., the hash of the content"
        remedy = "the packet was changed after it was made: ask its author for the original"
        problems.append(Problem("sha256", found, expected, remedy))
    if given is not None:
        problems += _check_content(packet)
    if problems:
        raise AssessmentError(source, problems)
    return packet


_EMPTY = Assessment.model_validate(
    {
        "framework": "none@0.0.0",
        "person": {"code": "none"},
        "rater": {"kind": "self"},
        "as_of": "2000-01-01",
        "ratings": {},
    }
)


def _check_format(data: dict[str, Any], source: str) -> None:
    found, version = data.get("format"), data.get("format_version")
    if found != FORMAT:
        remedy = "is this a packet? An assessment file is read with sm.read_assessment"
        shown = repr(found) if "format" in data else "nothing"
        raise AssessmentError(source, [Problem("format", shown[:80], repr(FORMAT), remedy)])
    if isinstance(version, int) and not isinstance(version, bool) and version > FORMAT_VERSION:
        remedy = "it was written by a newer skillmatrix: update this one"
        expected = f"at most {FORMAT_VERSION}"
        problem = Problem("format_version", f"{version}", expected, remedy)
        raise AssessmentError(source, [problem])


def _check_content(packet: Packet) -> list[Problem]:
    """Hold a packet against its manifest, and against what its reader may have."""
    said, given = packet.manifest, packet.assessment
    found = []

    def wrong(where: str, value: object, expected: object, remedy: str = _AGAIN) -> None:
        found.append(Problem(where, str(value)[:80], str(expected)[:80], remedy))

    if given.status != "locked":
        wrong("assessment > status", f"{given.status!r}", "'locked'")
    if given.person.code != said.person:
        wrong("manifest > person", f"{said.person!r}", f"{given.person.code!r}, whom it speaks of")
    if given.framework != said.framework:
        wrong("manifest > framework", f"{said.framework!r}", f"{given.framework!r}")
    if packet.ratings_sha256 != ratings_hash(given):
        expected = f"{ratings_hash(given)[:12]}..., the hash of the ratings"
        wrong("ratings_sha256", f"{packet.ratings_sha256[:12]}...", expected)
    has = counts(given)
    for kind, n in has.items():
        if said.included.get(kind, 0) != n:
            wrong(f"manifest > included > {kind}", said.included.get(kind, 0), n)
    if n := unknown_keys(given):
        expected = "none: nobody can say what is in them"
        wrong("assessment", f"{n} key{'' if n == 1 else 's'} that the format lacks", expected)
    allowed = counts(share(given, said.audience))
    for kind, n in has.items():
        if n > allowed[kind]:
            wrong(f"assessment > {kind}", n, f"at most {allowed[kind]} for {said.audience}")
    return found


_AGAIN = "do not use it; ask its author to make it again"


def packet_schema() -> dict[str, Any]:
    """
    Describe a packet file.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12; the assessment in it has a schema of its own.

    Examples
    --------
    >>> sorted(packet_schema()["properties"])[:3]
    ['assessment', 'format', 'format_version']
    """
    schema = Packet.model_json_schema()
    kept = {"Manifest": schema["$defs"]["Manifest"]}
    schema["$defs"] = kept
    for part in (schema, *kept.values()):
        part.pop("description", None)
        for entry in part["properties"].values():
            entry.pop("title", None)
    schema["properties"]["assessment"] = {
        "description": "A locked assessment, as assessment.schema.json describes it.",
        "type": "object",
        "properties": {"status": {"const": "locked"}},
        "required": ["format", "format_version", "status", "locked_at", "sha256"],
    }
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "skillmatrix packet"
    schema["required"] = ["format", "format_version", *schema["required"]]
    return schema
