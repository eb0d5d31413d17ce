"""Reading the events of a run while they are being written."""

import dataclasses
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.domain.tuning import Progress
from workbench.worker.protocol import SCHEMA, EventType

if TYPE_CHECKING:
    from collections.abc import Callable

Event = dict[str, Any]


class EventReader:
    """Gives each event of ``events.jsonl`` once.

    An unfinished last line is held back, a line that is no JSON and a repeated number
    are dropped, types it does not know are passed on for the caller to ignore.

    Attributes:
        offset: bytes read so far; reading can go on there later.
    """

    def __init__(self, path: Path, offset: int = 0) -> None:
        """Start reading at an offset in bytes."""
        self.offset = offset
        self._path = path
        self._seen = 0

    def read(self) -> list[Event]:
        """Return the events that have come since the last call."""
        try:
            with self._path.open("rb") as file:
                file.seek(self.offset)
                data = file.read()
        except FileNotFoundError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self.offset += len(whole)
        return [event for line in whole.splitlines() if (event := self._event(line))]

    def _event(self, line: bytes) -> Event | None:
        """Return a new event, None for a damaged, repeated or newer kind of line."""
        try:
            event = json.loads(line)
        except ValueError:
            return None
        if not isinstance(event, dict) or not isinstance(event.get("seq"), int):
            return None
        if event["seq"] <= self._seen or event.get("v", SCHEMA) > SCHEMA:
            return None
        self._seen = event["seq"]
        return event


class Story:
    """What the events of a run say so far.

    Attributes:
        progress: for charts and the job strip.
        end: the last event, None while there is none.
        error: the failure told, None while there is none.
        acknowledged: True when a wish to stop was heard.
        at: Unix seconds of the newest event.
    """

    def __init__(self) -> None:
        """Start before the first event."""
        self.progress = Progress()
        self.end: Event | None = None
        self.error: Event | None = None
        self.acknowledged = False
        self.at = 0.0
        self._tellers: dict[str, Callable[[Event], None]] = {
            EventType.PHASE: self._phase,
            EventType.PREFLIGHT: self._preflight,
            EventType.METRIC: self._metric,
            EventType.SAMPLE: self._sample,
            EventType.WARNING: self._warning,
            EventType.ACK: self._ack,
            EventType.ERROR: self._error,
            EventType.END: self._end,
        }

    def add(self, event: Event) -> None:
        """Take in an event; an unknown type changes nothing."""
        self.at = float(event.get("t") or self.at)
        teller = self._tellers.get(str(event.get("type")))
        if teller is not None:
            teller(event)

    def _change(self, **values: Any) -> None:
        self.progress = dataclasses.replace(self.progress, **values)

    def _phase(self, event: Event) -> None:
        self._change(phase=str(event.get("phase", "")))

    def _preflight(self, event: Event) -> None:
        self._change(total_steps=int(event.get("steps") or 0))

    def _metric(self, event: Event) -> None:
        step = int(event.get("step") or 0)
        values: dict[str, Any] = {
            "step": step,
            "total_steps": int(event.get("total_steps") or self.progress.total_steps),
        }
        for ours in ("seconds_left", "tokens_per_second"):
            if event.get(ours) is not None:
                values[ours] = float(event[ours])
        if event.get("loss") is not None:
            values["train_loss"] = (*self.progress.train_loss, (step, event["loss"]))
        if event.get("eval_loss") is not None:
            values["eval_loss"] = (*self.progress.eval_loss, (step, event["eval_loss"]))
        self._change(**values)

    def _sample(self, event: Event) -> None:
        texts = [str(event.get(key, "")) for key in ("input", "answer", "reference")]
        sample = (int(event.get("step") or 0), *texts)
        self._change(samples=(*self.progress.samples, sample))

    def _warning(self, event: Event) -> None:
        told = (str(event.get("code") or ""), str(event.get("sentence") or ""))
        self._change(warnings=(*self.progress.warnings, told))

    def _ack(self, event: Event) -> None:
        if str(event.get("command", "")).startswith("stop"):
            self.acknowledged = True

    def _error(self, event: Event) -> None:
        self.error = event

    def _end(self, event: Event) -> None:
        self.end = event
        if event.get("outcome") == "succeeded":
            done = {"step": self.progress.total_steps, "seconds_left": 0.0}
            self._change(**done)
