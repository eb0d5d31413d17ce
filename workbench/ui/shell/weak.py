"""Calling back without keeping alive, where a lambda would capture `self`.

A lambda or partial over a widget in `connect` keeps the widget for ever.
"""

import weakref
from collections.abc import Callable
from types import MethodType
from typing import Any

import shiboken6


def weak_slot(method: Callable[..., object], *args: object) -> Callable[..., None]:
    """Return a slot that calls a bound method with `args`, then what the signal sent.

    It does nothing once the method's object is gone, in Python or in C++.
    """
    target = WeakCall(method)

    def slot(*sent: object) -> None:
        target(*args, *sent)

    return slot


class WeakCall:
    """A callable that does not keep the object of a bound method alive."""

    def __init__(self, function: Callable[..., object]) -> None:
        """Hold a bound method weakly and a plain function as it is."""
        self._function: Callable[[], Callable[..., object] | None]
        if isinstance(function, MethodType):
            self._function = weakref.WeakMethod(function)
        else:
            self._function = _Constant(function)

    def __call__(self, *args: Any) -> None:
        """Call it, unless its object is gone."""
        function = self._function()
        if function is None:
            return
        owner = getattr(function, "__self__", None)
        if isinstance(owner, shiboken6.Object) and not shiboken6.isValid(owner):
            return
        function(*args)


class _Constant:
    """A reference that never dies."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    def __call__(self) -> Callable[..., object]:
        return self._function
