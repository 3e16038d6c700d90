from __future__ import annotations

import asyncio

import pytest
from starlette.responses import PlainTextResponse

from api.limits import Deadline, Gate
from api.metrics import Metrics

SCOPE = {"type": "http", "path": "/v1/chat", "method": "POST", "headers": []}


def refusal():
    return PlainTextResponse("later", 503)


class Work:
    """An application whose requests end when they are told to."""

    def __init__(self):
        self.entered, self.go, self.failure = 0, asyncio.Event(), None

    async def __call__(self, scope, receive, send):
        self.entered += 1
        await self.go.wait()
        if self.failure:
            raise self.failure
        await PlainTextResponse("done")(scope, receive, send)


async def request(app, path="/v1/chat"):
    sent = []

    async def send(message):
        sent.append(message)

    await app({**SCOPE, "path": path}, None, send)
    return [message["status"] for message in sent if "status" in message]


def gate(app, metrics=None, *, working=2, waiting=1, patience=5.0):
    return Gate(app, metrics or Metrics(), refusal, working=working, waiting=waiting, patience=patience)


async def settle():
    for _ in range(10):
        await asyncio.sleep(0)


def sample(metrics, name, **labels):
    return metrics.registry.get_sample_value(name, labels)


def test_what_comes_beyond_the_queue_is_turned_away_at_once():
    async def check():
        work, metrics = Work(), Metrics()
        gated = gate(work, metrics)
        under_way = [asyncio.ensure_future(request(gated)) for _ in range(3)]
        await settle()
        assert work.entered == 2
        assert sample(metrics, "shenbao_requests_in_work") == 2
        assert sample(metrics, "shenbao_requests_waiting") == 1
        assert await asyncio.wait_for(request(gated), 1) == [503]
        assert sample(metrics, "shenbao_refused_total", limit="concurrency") == 1
        work.go.set()
        assert await asyncio.gather(*under_way) == [[200]] * 3
        assert sample(metrics, "shenbao_requests_in_work") == 0
        assert sample(metrics, "shenbao_requests_waiting") == 0

    asyncio.run(check())


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/static/x.css", "/widget.js"])
def test_probes_and_files_pass_when_all_places_are_taken(path):
    async def check():
        work = Work()
        gated = gate(work, working=1, waiting=0)
        first = asyncio.ensure_future(request(gated))
        await settle()
        assert await request(gated) == [503]
        second = asyncio.ensure_future(request(gated, path))
        await settle()
        assert work.entered == 2
        work.go.set()
        assert await asyncio.gather(first, second) == [[200], [200]]

    asyncio.run(check())


def test_nobody_waits_longer_than_patience():
    async def check():
        work = Work()
        gated = gate(work, working=1, patience=0.01)
        first = asyncio.ensure_future(request(gated))
        await settle()
        assert await asyncio.wait_for(request(gated), 1) == [503]
        work.go.set()
        assert await first == [200]
        assert await request(gated) == [200]

    asyncio.run(check())


def test_a_failure_and_a_client_that_leaves_give_their_places_back():
    async def check():
        work = Work()
        gated = gate(work, working=1, waiting=1)
        first = asyncio.ensure_future(request(gated))
        second = asyncio.ensure_future(request(gated))
        await settle()
        second.cancel()
        await settle()
        work.failure = KeyError("x")
        work.go.set()
        with pytest.raises(KeyError):
            await first
        work.failure = None
        assert await request(gated) == [200]

    asyncio.run(check())


def test_late_work_is_answered_for_and_goes_on():
    async def check():
        work = Work()
        gated = gate(work, working=1, waiting=0)
        timed = Deadline(gated, refusal, 0.02)
        assert await asyncio.wait_for(request(timed), 1) == [503]
        # Its place is taken as long as it works.
        assert await request(timed) == [503]
        assert work.entered == 1
        work.go.set()
        await settle()
        assert await request(timed) == [200]

    asyncio.run(check())


def test_an_answer_under_way_is_cut_off_at_its_time():
    async def check():
        sent = []

        async def slow(scope, receive, send):
            await send({"type": "http.response.start", "status": 200, "headers": []})
            for _ in range(50):
                await send({"type": "http.response.body", "body": b"x", "more_body": True})
                await asyncio.sleep(0.01)

        async def send(message):
            sent.append(message)

        await Deadline(slow, refusal, 0.05)(SCOPE, None, send)
        told = len(sent)
        await asyncio.sleep(0.05)
        assert [message.get("status") for message in sent[:1]] == [200]
        assert all(message["type"] == "http.response.body" for message in sent[1:])
        assert 1 < len(sent) == told < 40

    asyncio.run(check())


def test_a_failure_in_time_is_the_requests_own():
    async def check():
        work = Work()
        work.failure = KeyError("x")
        work.go.set()
        with pytest.raises(KeyError):
            await request(Deadline(work, refusal, 1))

    asyncio.run(check())


def test_being_told_to_stop_ends_the_work():
    async def check():
        work = Work()
        under_way = asyncio.ensure_future(request(Deadline(gate(work, working=1), refusal, 5)))
        await settle()
        under_way.cancel()
        with pytest.raises(asyncio.CancelledError):
            await under_way

    asyncio.run(check())
