"""Preferences of the person at this computer: one small JSON file, nothing secret."""

import dataclasses
import json
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

_log = logging.getLogger(__name__)
LANGUAGES = ("system", "en", "ja")
THEMES = ("system", "light", "dark")


@dataclasses.dataclass(frozen=True, slots=True)
class Preferences:
    """Every preference with its default.

    Attributes:
        language: one of `LANGUAGES`.
        theme: one of `THEMES`.
        model_folders: folders of models on this computer.
        worker_python: interpreter with torch, or empty to look for one.
        recent: project files, newest first.
        last_page: page that was open last.
        guide: progress on the guided path, as `services.guide` writes it.
        aws: ``on`` when AWS may be asked, else empty.
        aws_profile: name of the profile, empty for the default chain.
        aws_region: where models are asked, empty for the profile's region.
        used_regions: regions chosen before, newest first.
        practice: ``on`` while the practice server answers in place of AWS.
        endpoints: OpenAI-compatible endpoints, each as `services.endpoints` writes it.
        daily_cap: US dollars that a day may cost, as a decimal number; empty: no cap.
        favourite_models: what `services.catalogue.favourite_key` returns for them.
    """

    language: str = "system"
    theme: str = "system"
    model_folders: tuple[str, ...] = ()
    worker_python: str = ""
    recent: tuple[str, ...] = ()
    last_page: str = "lab"
    guide: str = ""
    aws: str = ""
    aws_profile: str = ""
    aws_region: str = ""
    used_regions: tuple[str, ...] = ()
    practice: str = ""
    endpoints: tuple[str, ...] = ()
    daily_cap: str = ""
    favourite_models: tuple[str, ...] = ()


Observer = Callable[[Preferences, Preferences], None]


def _read(path: Path) -> Preferences:
    """Read what is usable; a broken file costs preferences, never the start."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(raw, dict):
        return Preferences()
    values: dict[str, str | tuple[str, ...]] = {}
    for field in dataclasses.fields(Preferences):
        value = raw.get(field.name)
        if isinstance(field.default, str) and isinstance(value, str):
            values[field.name] = value
        elif isinstance(field.default, tuple) and isinstance(value, list):
            values[field.name] = tuple(str(item) for item in value)
    return dataclasses.replace(Preferences(), **values)  # type: ignore[arg-type]


class PreferencesService:
    """Reads and changes preferences; every change is on disk when it returns."""

    def __init__(self, path: Path) -> None:
        """Read the file, or start with the defaults."""
        self._path = path
        self._current = _read(path)
        # Two pages may change different fields at once; neither change may get lost.
        self._lock = threading.Lock()
        self._observers: list[Observer] = []

    @property
    def current(self) -> Preferences:
        """The preferences as they are now."""
        return self._current

    def change(self, **fields: str | tuple[str, ...]) -> Preferences:
        """Change the given fields and write the file (temporary file, then rename)."""
        with self._lock:
            before = self._current
            after = dataclasses.replace(before, **fields)  # type: ignore[arg-type]
            self._current = after
            self._write()
        for observer in self._observers:
            observer(before, after)
        return after

    def on_change(self, observer: Observer) -> None:
        """Call this with the old and the new preferences, on the changing thread."""
        self._observers.append(observer)

    def _write(self) -> None:
        text = json.dumps(dataclasses.asdict(self._current), ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            temporary = self._path.with_suffix(".tmp")
            temporary.write_text(text, encoding="utf-8")
            os.replace(temporary, self._path)
        except OSError:
            # Losing a preference must not stop the work that caused it.
            _log.exception("preferences could not be written")
