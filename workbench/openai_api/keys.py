"""Keys of endpoints: kept by the system's keyring, never by a project or preferences.

A key is read when a call is made and goes into one header; nothing else holds it, so
that no record, log line or report can show it.
"""

import threading
from typing import Protocol

from workbench.domain.errors import EnvironmentFault, InputError

SERVICE = "Workbench endpoint"
_KEY_UNUSABLE = "A key has no blanks and no line breaks in it. Copy it once more."


class SecretStore(Protocol):
    """Keeps one secret per identity."""

    def get(self, identity: str) -> str:
        """Return a secret, empty when there is none."""

    def set(self, identity: str, secret: str) -> None:
        """Keep a secret in place of the one before."""

    def forget(self, identity: str) -> None:
        """Delete a secret; nothing happens when there is none."""


class MemorySecrets:
    """Secrets that end with the program: for tests, and where no keyring is."""

    def __init__(self) -> None:
        """Start without any."""
        self._secrets: dict[str, str] = {}
        # Settings write while answers read.
        self._lock = threading.Lock()

    def get(self, identity: str) -> str:
        """Return a secret, empty when there is none."""
        with self._lock:
            return self._secrets.get(identity, "")

    def set(self, identity: str, secret: str) -> None:
        """Keep a secret in place of the one before."""
        with self._lock:
            self._secrets[identity] = checked_key(secret)

    def forget(self, identity: str) -> None:
        """Delete a secret; nothing happens when there is none."""
        with self._lock:
            self._secrets.pop(identity, None)


class KeyringSecrets:
    """Secrets in the keyring of the system.

    `keyring` is imported with the first use: it looks for its backends then, which
    takes longer than a start of the window may.
    """

    def get(self, identity: str) -> str:
        """Return a secret, empty when there is none.

        Raises:
            EnvironmentFault: ``keyring.none``, ``keyring.locked``.
        """
        import keyring

        try:
            return keyring.get_password(SERVICE, identity) or ""
        except keyring.errors.KeyringError as error:
            raise _fault(error) from error

    def set(self, identity: str, secret: str) -> None:
        """Keep a secret in place of the one before.

        Raises:
            EnvironmentFault: ``keyring.none``, ``keyring.locked``.
            InputError: ``endpoint.key`` when this can be no key.
        """
        import keyring

        key = checked_key(secret)
        try:
            keyring.set_password(SERVICE, identity, key)
        except keyring.errors.KeyringError as error:
            raise _fault(error) from error

    def forget(self, identity: str) -> None:
        """Delete a secret; nothing happens when there is none.

        Raises:
            EnvironmentFault: ``keyring.none``, ``keyring.locked``.
        """
        import keyring

        try:
            keyring.delete_password(SERVICE, identity)
        except keyring.errors.PasswordDeleteError:
            return
        except keyring.errors.KeyringError as error:
            raise _fault(error) from error

    def is_available(self) -> bool:
        """Tell whether the system offers a keyring that keeps anything."""
        import keyring
        from keyring.backends import fail, null

        return not isinstance(keyring.get_keyring(), (fail.Keyring, null.Keyring))


def checked_key(secret: str) -> str:
    """Return a key as it is sent.

    Raises:
        InputError: ``endpoint.key``; the key is not quoted.
    """
    key = secret.strip()
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise InputError("endpoint.key", _KEY_UNUSABLE)
    return key


def _fault(error: Exception) -> EnvironmentFault:
    """Return what to do about a keyring that refuses."""
    if type(error).__name__ == "NoKeyringError":
        return EnvironmentFault(
            "keyring.none",
            "This computer offers no keyring to keep the key in. Install one (GNOME "
            "Keyring or KWallet), or use an endpoint that asks for no key.",
        )
    return EnvironmentFault(
        "keyring.locked", "The keyring did not open. Unlock it, then try again."
    )
