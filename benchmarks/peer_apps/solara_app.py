"""The board as a Solara page."""

import json
import os
from pathlib import Path

import solara

content = json.loads(Path(os.environ["BENCHMARK_CONTENT"]).read_text(encoding="utf-8"))


@solara.component
def Page() -> None:  # noqa: N802 - the name Solara looks for
    """Draw the board."""
    ratings = solara.use_reactive({})
    solara.Markdown("# Self-review\n" + "\n".join(f"- {c}: open" for c in content["criteria"]))
    for area in content["areas"]:
        solara.Markdown(f"## {area['title']}")
        for skill in area["skills"]:
            with solara.Row():
                solara.Text(skill)
                solara.ToggleButtonsSingle(
                    value=ratings.value.get(skill),
                    values=content["levels"],
                    on_value=lambda level, skill=skill: ratings.set(
                        {**ratings.value, skill: level}
                    ),
                )
