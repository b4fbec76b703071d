"""A tab of a browser without the browser: it sends what the page's scripts send, and keeps what comes back."""

import asyncio
import json
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

MARK = re.compile(r"\(reader (\d+)\)")
CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>", re.DOTALL)
EVIDENCE = r"\"cards\": [{"
STAGE = re.compile(r'\\"stage\\": \\"(\w+)\\"')
LINE = re.compile(r'\\"line\\": [1-9]')

ASKED = {"id": "", "keep": None, "shown": 0, "typed": True, "back": False, "model": "", "tab": "T" * 32, "set": ""}
"""What is said besides a question that is typed into a new conversation."""


@dataclass
class Seen:
    """What a tab saw of one question; times are seconds from asking."""

    number: int
    refused: str = ""
    evidence: float | None = None
    ended: float | None = None
    stage: str = ""
    waited: bool = False
    marks: set[int] = field(default_factory=set)

    @property
    def answered(self) -> bool:
        """Whether an answer came to its end."""
        return self.stage == "done"

    @property
    def lost(self) -> bool:
        """Whether neither an answer came nor a line that says why not."""
        return not (self.answered or self.refused)

    @property
    def foreign(self) -> int:
        """How many other readers' questions it saw."""
        return len(self.marks - {self.number})


class Tab:
    """One tab on the page at `url`, inside `async with`; a `secret` makes it a tab of the browser that has it."""

    def __init__(self, url: str, number: int, secret: str = "") -> None:
        self.number, self.secret = number, secret
        self.seen = Seen(number)
        """What it saw of its last question, so far."""
        self._session = secrets.token_hex(6)[:11]
        headers = {"Origin": url, "x-gradio-user": "app", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
        self._client = httpx.AsyncClient(base_url=url, timeout=600, trust_env=False, headers=headers)

    async def __aenter__(self) -> "Tab":
        cookies = {"Cookie": f"paperchat-reader={self.secret}"} if self.secret else {}
        page = await self._client.get("/", headers={"Accept": "text/html", **cookies})
        page.raise_for_status()
        self.secret = page.headers["set-cookie"].partition("=")[2].partition(";")[0]
        self._client.cookies.clear()
        self._client.headers["Cookie"] = f"paperchat-reader={self.secret}"
        self._read_config(page.text)
        self._heart = asyncio.create_task(self._beat())
        await self._send_event("load", self._page, [])
        return self

    async def __aexit__(self, *_: object) -> None:
        self._heart.cancel()
        with suppress(asyncio.CancelledError):
            await self._heart
        await self._client.aclose()

    async def ask(self, question: str, leave: bool = False) -> Seen:
        """Ask, and read until the answer ends; with `leave`, go as soon as there is evidence."""
        self.seen, began = Seen(self.number), time.perf_counter()
        seen = self.seen
        text = f"{question} (reader {self.number})"
        joined = await self._join("submit", self._conversation, [], {**ASKED, "question": text})
        if joined.is_error:
            seen.refused = joined.text
            return seen
        async with self._client.stream("GET", "/gradio_api/queue/data", params=self._own) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: "):
                    self._read(seen, line[6:], time.perf_counter() - began)
                if leave and seen.evidence is not None:
                    return seen
        if seen.ended is not None:
            await self._send_event("then", None, [])
        return seen

    def _read(self, seen: Seen, text: str, passed: float) -> None:
        seen.marks |= {int(mark) for mark in MARK.findall(text)}
        seen.waited = seen.waited or bool(LINE.search(text))
        if seen.evidence is None and EVIDENCE in text:
            seen.evidence = passed
        seen.stage = next(reversed(STAGE.findall(text)), seen.stage)
        message = json.loads(text)
        if message["msg"] != "process_completed":
            return
        seen.ended = passed  # what it says may be that nothing changed since
        data = message["output"].get("data") or [None] * 5
        seen.refused = json.loads(data[4] or "{}").get("message", "") if not seen.stage else ""

    @property
    def _own(self) -> dict[str, str]:
        return {"session_hash": self._session}

    def _read_config(self, text: str) -> None:
        found = CONFIG.search(text)
        if found is None:
            raise ValueError("the page has no configuration")
        config = json.loads(found[1])
        self._targets = {
            (event, target): one["id"] for one in config["dependencies"] for target, event in one["targets"]
        }
        names = {one["props"].get("elem_id"): one["id"] for one in config["components"]}
        self._conversation = names["pc-conversation"]
        self._page = next(target for event, target in self._targets if event == "load")

    async def _join(self, event: str, trigger: int | None, data: list[Any], said: object = None) -> httpx.Response:
        body = {"data": data, "fn_index": self._targets[event, trigger], "session_hash": self._session}
        body["trigger_id"] = self._conversation if trigger is None else trigger
        body["event_data"] = said
        return await self._client.post("/gradio_api/queue/join?", json=body)

    async def _send_event(self, event: str, trigger: int | None, data: list[Any]) -> None:
        if (await self._join(event, trigger, data)).is_success:
            async with self._client.stream("GET", "/gradio_api/queue/data", params=self._own) as stream:
                async for _ in stream.aiter_lines():
                    pass

    async def _beat(self) -> None:
        with suppress(httpx.HTTPError):
            async with self._client.stream("GET", f"/gradio_api/heartbeat/{self._session}") as stream:
                async for _ in stream.aiter_lines():
                    pass
