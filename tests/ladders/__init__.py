"""Ladders of other roles: one of a whole role family, and the smallest there can be."""

from pathlib import Path

FAMILY = Path(__file__).parent / "data-science-family"

#: The same two versions later, with migrations that lead there.
FAMILY_2 = Path(__file__).parent / "data-science-family-2"

#: The files of the smallest ladder.
BAKERY = {
    "framework.yaml": """id: bakery
version: 1.0.0
title: Our bakery
source: Handbook
default_source: Handbook
scale:
  - {level: 0, name: Not yet, definition: Has not done it.}
  - {level: 1, name: Helps, definition: Does single steps.}
  - {level: 2, name: Does, definition: Does the whole of it alone.}
skills: [bread]
profiles: [baker]
""",
    "skills/bread.yaml": """id: bread
title: Bread
summary: From flour to a loaf.
levels:
  1: Weighs what somebody else has planned.
  2: Bakes alone.
""",
    "profiles/baker.yaml": """id: baker
title: Baker
kind: role
summary: Runs the morning alone.
""",
    "targets.csv": "profile,skill,level\nbaker,bread,2\n",
}
