"""Places by province: cities, districts, counties and parks, as people name them (field/places.yaml)."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from knowledge.models import Frozen
from knowledge.strict_yaml import load_model

PLACES_FILE = Path(__file__).parent / "field" / "places.yaml"
_ELSEWHERE = frozenset({"外省"})
_HERE = frozenset({"省内", "本省", "我省"})
"""Names of whatever province one is in."""


class City(Frozen):
    """A city and the names of its districts, counties and parks as people say them."""

    name: str
    districts: tuple[str, ...] = ()


class Region(Frozen):
    """A province with its cities, and with their districts and counties where these are wanted."""

    name: str
    aliases: tuple[str, ...] = ()
    cities: tuple[City, ...] = ()


class Gazetteer(Frozen):
    """Places by province; `ambiguous` names stand in several provinces and say nothing alone."""

    provinces: tuple[Region, ...] = ()
    ambiguous: tuple[str, ...] = ()

    @cached_property
    def province_of(self) -> dict[str, str]:
        """Name of a place → name of its province."""
        owners: dict[str, str] = {}
        for province in self.provinces:
            names = [province.name, *province.aliases]
            names += [n for city in province.cities for n in (city.name, *city.districts)]
            owners.update({name: province.name for name in names if name not in self.ambiguous})
        return owners

    @cached_property
    def names(self) -> re.Pattern[str]:
        """Any name that stands in one province only."""
        names = sorted(map(re.escape, self.province_of), key=len, reverse=True)
        return re.compile("|".join(names) or r"(?!)")

    def places_of(self, province: str) -> frozenset[str]:
        """The names of all that lies in a province, its own among them."""
        return frozenset(name for name, owner in self.province_of.items() if owner == province)

    def province_in(self, *texts: str) -> str:
        """The province of which the first of the texts names a place; empty where none does."""
        for text in texts:
            named = [self.province_of[name] for name in self.names.findall(text)]
            known = [name for name in named if name not in _ELSEWHERE]
            if known:
                return known[0]
        return ""

    def seen_from(self, province: str) -> Gazetteer:
        """The same places with 省内, 本省 and 我省 meaning this province."""
        here = next((each for each in self.provinces if _HERE & set(each.aliases)), None)
        if here is None or here.name == province or all(each.name != province for each in self.provinces):
            return self
        moved = tuple(alias for alias in here.aliases if alias in _HERE)

        def renamed(region: Region) -> Region:
            kept = tuple(alias for alias in region.aliases if alias not in _HERE)
            return region.model_copy(update={"aliases": (*kept, *moved) if region.name == province else kept})

        return self.model_copy(update={"provinces": tuple(map(renamed, self.provinces))})


def load_gazetteer(file: Path = PLACES_FILE) -> Gazetteer:
    """The places of the field. Raises PackError."""
    return load_model(file, Gazetteer)
