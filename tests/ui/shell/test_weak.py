import gc
import weakref

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QPushButton

from workbench.ui.shell.weak import WeakCall, weak_slot


class Owner(QObject):
    sent = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.got: list[tuple[object, ...]] = []

    def take(self, *args: object) -> None:
        self.got.append(args)


def test_own_arguments_come_before_the_signals(qapp: QApplication) -> None:
    owner = Owner()
    owner.sent.connect(weak_slot(owner.take, "a", 2))
    owner.sent.emit(3)
    assert owner.got == [("a", 2, 3)]


def test_owner_is_not_kept(qapp: QApplication) -> None:
    button = QPushButton()
    owner = Owner()
    button.clicked.connect(weak_slot(owner.take))
    alive = weakref.ref(owner)
    del owner
    gc.collect()
    assert alive() is None
    button.click()


def test_deleted_object_is_not_called(qapp: QApplication) -> None:
    owner = Owner()
    call = WeakCall(owner.take)
    shiboken6.delete(owner)
    call(1)
    assert owner.got == []


def test_plain_function_is_kept(qapp: QApplication) -> None:
    got: list[int] = []

    def make() -> WeakCall:
        def take(value: int) -> None:
            got.append(value)

        return WeakCall(take)

    call = make()
    gc.collect()
    call(1)
    assert got == [1]
