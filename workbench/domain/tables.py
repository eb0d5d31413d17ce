"""Reading of the editable tables in ``resources/aws``: JSON, member by member.

People edit these tables by hand. A member that nobody reads is a typing error and would
silently change nothing, so it is refused; ``note`` may stand anywhere.
"""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from workbench.domain.errors import InputError

_NOTE = "note"


def parse(text: str, table: str) -> "Fields":
    """Read the text of a table.

    Args:
        text: JSON with one object.
        table: name for messages, such as ``"prices.json"``.

    Raises:
        InputError: ``table.invalid`` when it is not a JSON object.
    """
    try:
        # Money never becomes a binary fraction, not even on the way in.
        value = json.loads(text, parse_float=Decimal)
    except ValueError as error:
        fail(table, "", str(error))
    return Fields(value, table)


def fail(table: str, place: str, problem: str) -> NoReturn:
    """Refuse a table.

    Raises:
        InputError: ``table.invalid`` with ``table``, ``place`` and ``problem``.
    """
    where = f"{table}, {place}" if place else table
    raise InputError(
        "table.invalid",
        f"{where}: {problem}",
        {"table": table, "place": place, "problem": problem},
    )


class Fields:
    """The members of one object in a table; `done` refuses those nobody asked for.

    Every reader raises InputError ``table.invalid`` for a member of another type, and
    for one that is missing where no default is given.
    """

    def __init__(self, value: object, table: str, place: str = "") -> None:
        """Take an object that stands at a place of a table."""
        if not isinstance(value, dict):
            fail(table, place, "not an object")
        self._members: dict[str, object] = value
        self._read = {_NOTE}
        self.table = table
        self.place = place

    def _take(self, name: str) -> object:
        self._read.add(name)
        return self._members.get(name)

    def fail(self, name: str, problem: str) -> NoReturn:
        """Refuse a member; raises InputError ``table.invalid``."""
        fail(self.table, f"{self.place}.{name}".lstrip("."), problem)

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text."""
        value = self._take(name)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            self.fail(name, "not a text")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts, empty when there is none."""
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(name, "not a list of texts")
        found = tuple(each for each in value if isinstance(each, str))
        if len(found) != len(value):
            self.fail(name, "not a list of texts")
        return found

    def flag(self, name: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._take(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(name, "neither true nor false")
        return value

    def integer(self, name: str) -> int | None:
        """Return a whole number, None when it is not known."""
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fail(name, "not a whole number")
        return value

    def decimal(self, name: str) -> Decimal | None:
        """Return a decimal number from 0, written as a text; None when not known."""
        value = self._take(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
            self.fail(name, "not a number")
        try:
            number = Decimal(value)
        except InvalidOperation:
            self.fail(name, "not a number")
        if not number.is_finite() or number < 0:
            self.fail(name, "not a number from 0")
        return number

    def fields(self, name: str) -> "Fields":
        """Return an object, an empty one when there is none."""
        value = self._take(name)
        place = f"{self.place}.{name}".lstrip(".")
        return Fields({} if value is None else value, self.table, place)

    def each(self, name: str) -> "tuple[Fields, ...]":
        """Return a list of objects, empty when there is none."""
        value = self._take(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fail(name, "not a list")
        place = f"{self.place}.{name}".lstrip(".")
        return tuple(
            Fields(one, self.table, f"{place}[{index}]")
            for index, one in enumerate(value)
        )

    def names(self) -> tuple[str, ...]:
        """Return the names of all members but the note."""
        return tuple(name for name in self._members if name != _NOTE)

    def members(self) -> "Mapping[str, Fields]":
        """Return all members, each an object, by name."""
        return {name: self.fields(name) for name in self.names()}

    def mapping(self, name: str) -> Mapping[str, str]:
        """Return an object whose members are all texts."""
        inner = self.fields(name)
        return {key: inner.text(key) for key in inner.names()}

    def done(self) -> None:
        """Refuse members that nobody read; raises InputError ``table.invalid``."""
        for name in self._members:
            if name not in self._read:
                self.fail(name, "unknown member")
