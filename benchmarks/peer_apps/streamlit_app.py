"""The board as a Streamlit page."""

import json
import os
from pathlib import Path

import streamlit as st

content = json.loads(Path(os.environ["BENCHMARK_CONTENT"]).read_text(encoding="utf-8"))
st.title("Self-review")
st.markdown("\n".join(f"- {c}: open" for c in content["criteria"]))
for area in content["areas"]:
    st.header(area["title"])
    for skill in area["skills"]:
        st.radio(skill, content["levels"], horizontal=True, index=None)
