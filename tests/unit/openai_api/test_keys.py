"""Keys: what is kept, where, and what a keyring that refuses leads to."""

from collections.abc import Callable, Iterator

import keyring
import pytest
from keyring import backend, errors
from keyring.backends import fail

from workbench.domain.errors import EnvironmentFault, InputError
from workbench.openai_api.keys import (
    SERVICE,
    KeyringSecrets,
    MemorySecrets,
    SecretStore,
)


class Ring(backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        # Its base class has no annotations.
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise errors.PasswordDeleteError("not found")
        del self.kept[service, username]


class LockedRing(Ring):
    """A keyring that stays locked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise errors.KeyringLocked("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise errors.KeyringLocked("locked")


@pytest.fixture
def ring() -> Iterator[Ring]:
    before = keyring.get_keyring()
    made = Ring()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


@pytest.mark.parametrize("make", [MemorySecrets, KeyringSecrets])
def test_a_store(ring: Ring, make: type[MemorySecrets] | type[KeyringSecrets]) -> None:
    store: SecretStore = make()
    assert store.get("a") == ""
    store.set("a", "  one \n")
    store.set("b", "two")
    assert (store.get("a"), store.get("b")) == ("one", "two")
    store.forget("a")
    store.forget("a")
    assert store.get("a") == ""
    assert "two" not in repr(store)


def test_the_keyring_holds_it(ring: Ring) -> None:
    store = KeyringSecrets()
    store.set("ULID", "one")
    assert ring.kept == {(SERVICE, "ULID"): "one"}
    assert store.is_available()


@pytest.mark.parametrize(
    "bad", ["", "  ", "two words", "line\nbreak", "ключ", "a\x00b"]
)
def test_what_is_no_key(ring: Ring, bad: str) -> None:
    for store in (MemorySecrets(), KeyringSecrets()):
        with pytest.raises(InputError) as caught:
            store.set("a", bad)
        assert caught.value.code == "endpoint.key"
        assert not bad.strip() or bad not in str(caught.value)
    assert not ring.kept


@pytest.mark.parametrize(
    ("make", "code"),
    [(fail.Keyring, "keyring.none"), (LockedRing, "keyring.locked")],
)
def test_keyrings_that_refuse(
    ring: Ring, make: Callable[[], backend.KeyringBackend], code: str
) -> None:
    keyring.set_keyring(make())
    store = KeyringSecrets()
    for action in (
        lambda: store.get("a"),
        lambda: store.set("a", "one"),
        lambda: store.forget("a"),
    ):
        with pytest.raises(EnvironmentFault) as caught:
            action()
        assert caught.value.code == code
    assert store.is_available() is (code != "keyring.none")
