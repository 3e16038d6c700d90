"""What the model may use a day: tokens, and money at the configured prices.

An estimate is set aside before a question is asked and settled afterwards, so that a budget holds over all
processes that share a ledger, however many ask at once.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

MONEY_UNITS = 100_000
"""A ledger counts whole numbers: money in hundred-thousandths."""
TOKENS, MONEY = "llm-tokens", "llm-money"


class Ledger(Protocol):
    """Counts what was used today, a day being one in Beijing."""

    def add(self, name: str, amount: int) -> int:
        """Add an amount, negative to give back, and tell the day's total. Raises StorageUnavailable."""
        ...


class InMemoryLedger:
    """The ledger of one process. `today` tells the day."""

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today
        self._guard = threading.Lock()
        self._day = today()
        self._used: dict[str, int] = {}

    def add(self, name: str, amount: int) -> int:
        """Add an amount and tell the day's total; a new day begins at nothing."""
        with self._guard:
            if (day := self._today()) != self._day:
                self._day, self._used = day, {}
            self._used[name] = max(0, self._used.get(name, 0) + amount)
            return self._used[name]


@dataclass(frozen=True, slots=True)
class Prices:
    """Price of a million tokens read and of a million written."""

    read: float = 0.0
    written: float = 0.0

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """The price of one answer."""
        return (tokens_in * self.read + tokens_out * self.written) / 1_000_000


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was set aside for one question: tokens, and money in a ledger's units."""

    tokens: int
    money: int


class Budget:
    """Tokens and money of a day; None is without bound."""

    def __init__(
        self, ledger: Ledger, prices: Prices, daily_tokens: int | None, daily_cost: float | None
    ) -> None:
        self._ledger, self.prices = ledger, prices
        self._limits = {
            TOKENS: daily_tokens,
            MONEY: None if daily_cost is None else math.floor(daily_cost * MONEY_UNITS),
        }

    def set_aside(self, tokens_in: int, tokens_out: int) -> SetAside | None:
        """Set aside what a question may use at most; None where the day's budget does not hold it."""
        wanted = self._amounts(tokens_in, tokens_out)
        taken: list[tuple[str, int]] = []
        for name, amount in ((TOKENS, wanted.tokens), (MONEY, wanted.money)):
            limit = self._limits[name]
            taken.append((name, amount))
            if self._ledger.add(name, amount) > (math.inf if limit is None else limit):
                for added, back in taken:
                    self._ledger.add(added, -back)
                return None
        return wanted

    def settle(self, aside: SetAside, tokens_in: int, tokens_out: int) -> None:
        """Count what was used in place of what was set aside."""
        used = self._amounts(tokens_in, tokens_out)
        self._ledger.add(TOKENS, used.tokens - aside.tokens)
        self._ledger.add(MONEY, used.money - aside.money)

    def _amounts(self, tokens_in: int, tokens_out: int) -> SetAside:
        return SetAside(
            tokens_in + tokens_out, math.ceil(self.prices.cost(tokens_in, tokens_out) * MONEY_UNITS)
        )
