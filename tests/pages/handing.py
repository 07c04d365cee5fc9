"""One open page of a workspace, for what happens in the last step."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from skillmatrix.pages.self_review import SelfReview

NUMBERS = count(1)


class Tab:
    """One open page of a workspace."""

    def __init__(self) -> None:
        self.review = SelfReview()

    def __call__(
        self, command: str, /, ok: bool = True, number: str = "", **args: Any
    ) -> dict[str, Any]:
        """Send one command; give the answer."""
        answers: list[dict[str, Any]] = []
        message = {"kind": "command", "id": number or f"h{next(NUMBERS)}", "name": command}
        self.review.answer({**message, "args": args, "base": self.review.seq}, answers.append)
        (answer,) = answers
        assert answer["kind"] == ("ack" if ok else "refused"), answer
        json.dumps(answer)
        return answer

    def state(self) -> dict[str, Any]:
        """Give the whole state."""
        code = self.review.code
        state: dict[str, Any] = self("hello", assessment=code)["state"]
        return state

    def view(self, audience: str = "mentor") -> dict[str, Any]:
        """Give the manifest."""
        view: dict[str, Any] = self("hand_over", audience=audience)["hand_over"]
        return view

    def lock(self, audience: str = "mentor", **more: Any) -> dict[str, Any]:
        """Look at what leaves, then lock."""
        return self("lock", audience=audience, seq=self.view(audience)["seq"], **more)

    def packet(self, place: int = -1) -> str:
        """Give the text of a packet's file."""
        made = self.state()["lock"]["packets"][place]
        text: str = self("packet_file", id=made["id"])["data"]
        return text
