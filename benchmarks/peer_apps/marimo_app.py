"""The board as a marimo page."""

import marimo

app = marimo.App()


@app.cell
def _():
    import json
    import os
    from pathlib import Path

    import marimo as mo

    content = json.loads(Path(os.environ["BENCHMARK_CONTENT"]).read_text(encoding="utf-8"))
    return content, mo


@app.cell
def _(content, mo):
    ratings = mo.ui.dictionary(
        {
            skill: mo.ui.radio(content["levels"], label=skill, inline=True)
            for area in content["areas"]
            for skill in area["skills"]
        }
    )
    return (ratings,)


@app.cell
def _(content, mo, ratings):
    mo.vstack(
        [
            mo.md("# Self-review\n\n" + "\n".join(f"- {c}: open" for c in content["criteria"])),
            *(
                part
                for area in content["areas"]
                for part in (mo.md(f"## {area['title']}"), *(ratings[s] for s in area["skills"]))
            ),
        ]
    )


if __name__ == "__main__":
    app.run()
