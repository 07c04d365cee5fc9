"""The board as a Panel page."""

import json
import os
from pathlib import Path

import panel as pn

content = json.loads(Path(os.environ["BENCHMARK_CONTENT"]).read_text(encoding="utf-8"))
parts = [
    pn.pane.Markdown("# Self-review"),
    pn.pane.Markdown("\n".join(f"- {c}: open" for c in content["criteria"])),
]
for area in content["areas"]:
    parts.append(pn.pane.Markdown(f"## {area['title']}"))
    for skill in area["skills"]:
        group = pn.widgets.RadioButtonGroup(name=skill, options=content["levels"])
        said = pn.bind(lambda value, skill=skill: f"{skill}: {value}", group)
        parts.append(pn.Row(pn.pane.Markdown(said, width=300), group))
pn.Column(*parts).servable()
