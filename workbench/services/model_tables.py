"""The tables that come with the program: prices, capabilities, regions.

A person's own copy of a table wins over ours. Tables are read when first asked for,
which must not be on the window's thread.
"""

import functools
from collections.abc import Sequence
from pathlib import Path

from workbench.domain.capabilities import CapabilityTable
from workbench.domain.costs import PriceTable
from workbench.domain.regions import RegionTable


class ModelTables:
    """Reads each table once."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Look in these folders; the first that has a table wins."""
        self._folders = tuple(folders)

    @functools.cached_property
    def regions(self) -> RegionTable:
        """The regions of AWS."""
        return RegionTable.from_json(self._text("regions.json"))

    @functools.cached_property
    def capabilities(self) -> CapabilityTable:
        """What models can do."""
        return CapabilityTable.from_json(self._text("capabilities.json"))

    @functools.cached_property
    def prices(self) -> PriceTable:
        """List prices."""
        return PriceTable.from_json(self._text("prices.json"))

    def _text(self, name: str) -> str:
        found = next(each for each in self._folders if (each / name).is_file())
        return (found / name).read_text(encoding="utf-8")
