"""Clients that talk, are turned away, come again under the same key, and remember what was acknowledged to them."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

UNRESOLVED = "专项审计报告可以用年度审计代替吗？"
QUESTIONS = (
    "标杆工厂最近三年的投入要多少？",
    "平台什么时候截止？",
    "四星级要先是三星级吗？",
    "贯标证书有效期有什么要求？",
    UNRESOLVED,
)
PATIENCE = 180.0
"""Seconds for which a client comes again."""


@dataclass
class Talk:
    """One session of one client: what was acknowledged, in order."""

    session: str
    told: dict[str, str] = field(default_factory=dict)
    tickets: list[int] = field(default_factory=list)
    unresolved: int = 0
    invested: int | None = None
    replies: list[dict[str, Any]] = field(default_factory=list)


class Client(threading.Thread):
    """Holds one conversation of so many turns over one connection that it opens anew when it breaks."""

    def __init__(self, number: int, port: int, turns: int) -> None:
        super().__init__(name=f"client-{number}", daemon=True)
        self._number, self._port, self._turns = number, port, turns
        self._connection: http.client.HTTPConnection | None = None
        self._token = ""
        self.talk = Talk(f"soak-{number}")
        self.attempts = 0
        self.errors: Counter[str] = Counter()
        self.seconds: list[float] = []
        self.given_up: str | None = None

    def run(self) -> None:
        try:
            self._token = self._until_told("POST", "/v1/channels/soak/token", {}, f"token-{self._number}")[
                "token"
            ]
            for turn in range(self._turns):
                self._take(turn)
        except Exception as error:
            self.given_up = repr(error)

    def _take(self, turn: int) -> None:
        kind = turn % 6
        sum_ = 1_000 + self._number * 100 + turn % 100
        message = f"近三年投入{sum_}万元" if kind == 0 else QUESTIONS[kind - 1]
        body = {"message": message, "session_id": self.talk.session, "as_of": "2023-02-20"}
        reply = self._until_told("POST", "/v1/chat", body, f"{self._number}-{turn}")
        assert reply["message_id"] not in self.talk.told, "two turns, one message"
        self.talk.told[reply["message_id"]] = reply["text"]
        self.talk.replies.append(reply)
        self.talk.unresolved += reply["route"] == "unresolved"
        if kind == 0:
            self.talk.invested = sum_
        if turn % 25 == 24:
            path, body = (
                f"/v1/sessions/{self.talk.session}/handover",
                {"note": f"请回电 {self._number}-{turn}"},
            )
            self.talk.tickets.append(
                self._until_told("POST", path, body, f"call-{self._number}-{turn}")["ticket_id"]
            )

    def read(self, path: str) -> Any:
        """What a GET tells, in the end."""
        return self._until_told("GET", path, None, "")

    def _until_told(self, method: str, path: str, body: Any, key: str) -> Any:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.attempts += 1
            began = time.perf_counter()
            try:
                status, headers, content = self._send(method, path, body, key)
            except (OSError, http.client.HTTPException) as error:
                self._connection = None
                self.errors[f"connection: {type(error).__name__}"] += 1
                time.sleep(0.2)
                continue
            if status == 200:
                self.seconds.append(time.perf_counter() - began)
                return json.loads(content)
            again = headers.get("retry-after")
            self.errors[f"{status}{'' if again else ' without Retry-After'}"] += 1
            time.sleep(min(float(again or 1), 2))
        raise TimeoutError(f"{method} {path} under {key!r}")

    def _send(self, method: str, path: str, body: Any, key: str) -> tuple[int, dict[str, str], bytes]:
        if self._connection is None:
            self._connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=70)
        headers = {"Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        headers |= {"Authorization": f"Bearer {self._token}"} if self._token else {}
        self._connection.request(method, path, None if body is None else json.dumps(body), headers)
        response = self._connection.getresponse()
        return (
            response.status,
            {name.lower(): value for name, value in response.getheaders()},
            response.read(),
        )
