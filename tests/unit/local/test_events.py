"""Reading events while they are written."""

import json
from pathlib import Path
from typing import Any

from workbench.local.events import EventReader, Story


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8", newline="") as file:
        file.write(text)


def _line(seq: int, kind: str = "metric", **body: Any) -> str:
    event = {"v": 1, "seq": seq, "t": 5.0, "type": kind, **body}
    return json.dumps(event, ensure_ascii=False) + "\n"


def test_an_unfinished_line_is_held_back(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    reader = EventReader(path)
    assert reader.read() == []
    whole = _line(2, text="日本語")
    _append(path, _line(1) + whole[:20])
    assert [event["seq"] for event in reader.read()] == [1]
    _append(path, whole[20:])

    assert [event["text"] for event in reader.read()] == ["日本語"]
    assert reader.read() == []


def test_repeated_damaged_and_newer_lines_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    newer = json.dumps({"v": 99, "seq": 3, "type": "metric"}) + "\n"
    _append(path, _line(1) + _line(1) + "{broken\n" + "7\n" + newer + _line(4))

    assert [event["seq"] for event in EventReader(path).read()] == [1, 4]


def test_reading_goes_on_at_an_offset(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    _append(path, _line(1))
    first = EventReader(path)
    first.read()
    _append(path, _line(2))

    assert [event["seq"] for event in EventReader(path, first.offset).read()] == [2]


def test_a_story_ignores_what_it_does_not_know() -> None:
    story = Story()
    story.add(json.loads(_line(1, "dance", step=9)))
    assert story.progress.step == 0
    story.add(json.loads(_line(2, "preflight", steps=8)))
    story.add(json.loads(_line(3, step=2, total_steps=8, loss=None, eval_loss=0.5)))
    story.add(json.loads(_line(4, "sample", step=2, input="i", answer="a")))
    story.add(json.loads(_line(5, "warning", code="care", sentence="Mind this.")))
    story.add(json.loads(_line(6, "ack", command="eval_now")))

    assert story.progress.total_steps == 8
    assert story.progress.train_loss == ()
    assert story.progress.eval_loss == ((2, 0.5),)
    assert story.progress.samples == ((2, "i", "a", ""),)
    assert story.progress.warnings == (("care", "Mind this."),)
    assert not story.acknowledged
