"""Where an answer may be made: AWS regions and the countries they lie in."""

import dataclasses
from collections.abc import Iterable, Mapping

from workbench.domain import tables


@dataclasses.dataclass(frozen=True, slots=True)
class Region:
    """One AWS region.

    Attributes:
        country: ISO 3166-1 alpha-2 code, such as ``"JP"``.
        place: the place in AWS's own name of the region, such as ``"Tokyo"``.
        commercial: in the ``aws`` partition, where global profiles send requests.
    """

    id: str
    country: str
    place: str
    commercial: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Places:
    """Where a request may be processed.

    Attributes:
        countries: ISO codes, sorted.
        unknown: regions that the table does not know, sorted; never left unsaid.
        everywhere: any commercial region, also those AWS adds later, so that
            `countries` can only name the ones known today.
    """

    countries: tuple[str, ...]
    unknown: tuple[str, ...]
    everywhere: bool


class RegionTable:
    """The regions in ``resources/aws/regions.json``."""

    def __init__(self, regions: Mapping[str, Region], as_of: str) -> None:
        """Keep the regions by id, and the date of the table (ISO 8601)."""
        self._regions = dict(regions)
        self.as_of = as_of

    @classmethod
    def from_json(cls, text: str, name: str = "regions.json") -> "RegionTable":
        """Read the table.

        Raises:
            InputError: ``table.invalid`` with the place of the mistake.
        """
        table = tables.parse(text, name)
        regions = table.fields("regions").members()
        read = {
            key: Region(
                id=key,
                country=row.text("country"),
                place=row.text("place"),
                commercial=row.flag("commercial", default=True),
            )
            for key, row in regions.items()
        }
        for row in regions.values():
            row.done()
        as_of = table.text("as_of")
        table.done()
        return cls(read, as_of)

    def get(self, region: str) -> Region | None:
        """Return a region, None when the table does not know it."""
        return self._regions.get(region)

    def ids(self) -> tuple[str, ...]:
        """Return the ids of all regions, sorted."""
        return tuple(sorted(self._regions))

    def places(self, regions: Iterable[str], *, everywhere: bool = False) -> Places:
        """Return the countries of these regions.

        Args:
            regions: ids, such as those of `RemoteModel.regions`.
            everywhere: add every commercial region, as a global profile does.
        """
        asked = set(regions)
        if everywhere:
            asked |= {each.id for each in self._regions.values() if each.commercial}
        known = [self._regions[each] for each in asked if each in self._regions]
        return Places(
            countries=tuple(sorted({each.country for each in known})),
            unknown=tuple(sorted(asked - self._regions.keys())),
            everywhere=everywhere,
        )
