"""What is read off the parts of a running service when Prometheus asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from knowledge.errors import ShenbaoError

if TYPE_CHECKING:
    from api.startup import Startup
    from assistant.records.store import Records


class Readings(Collector):
    """The state of parts, packs, sessions and tickets; what does not answer is left out, and `ready` says so."""

    def __init__(self, startup: Startup, clock: Callable[[], datetime]) -> None:
        self._startup, self._clock = startup, clock

    def describe(self) -> list[Metric]:
        """Nothing beforehand: the database is asked no sooner than Prometheus asks."""
        return []

    def collect(self) -> Iterator[Metric]:
        """All of it."""
        parts = self._startup.readiness()
        yield _labelled("ready", "Whether a part answers", "part", parts)
        legs = self._startup.legs()
        both = sum(legs.values())
        told = "Packs, by whether they are searched by both legs or by words alone"
        yield _labelled("packs", told, "search", {"fused": both, "lexical": len(legs) - both})
        if parts["records"]:
            try:
                yield from self._kept(self._startup.records)
            except ShenbaoError:
                return

    def _kept(self, records: Records) -> Iterator[Metric]:
        yield _single("sessions", "Sessions not yet forgotten", records.sessions.count())
        waiting = {"open": records.tickets.count("open"), "claimed": records.tickets.count("claimed")}
        yield _labelled("tickets", "Questions that wait for a person", "state", waiting)
        oldest = records.tickets.oldest("open")
        age = (self._clock() - oldest).total_seconds() if oldest else 0.0
        yield _single("oldest_ticket_seconds", "Age of the oldest ticket that nobody has", max(0.0, age))


def _single(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"shenbao_{name}", meaning, value=value)


def _labelled(name: str, meaning: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"shenbao_{name}", meaning, labels=[label])
    for of, value in values.items():
        family.add_metric([of], float(value))
    return family
