"""The whole loop, once, through the real window with a real worker."""

import json
from pathlib import Path
from typing import Any

import pytest

import secret_scan
from tests.e2e.processes import ROOT, started, workbench

PICTURES = (
    "lab",
    "lab-examples",
    "data-trials",
    "data-import",
    "data-split",
    "data-records",
    "tune-check",
    "tune-running",
    "tune",
    "lab-tuned",
    "compare",
    "compare-filtered",
    "advise",
    "settings",
    "settings-ja-dark",
)


@pytest.fixture(scope="module")
def tour(tmp_path_factory: pytest.TempPathFactory, worker: Path) -> Path:
    """The folder of one tour."""
    out = tmp_path_factory.mktemp("tour")
    result = workbench(out / "unused", "tour", "--out", out, "--json", seconds=600)
    assert result.returncode == 0, result.stdout[-2000:] + result.stderr[-4000:]
    return out


@pytest.fixture(scope="module")
def report(tour: Path) -> dict[str, Any]:
    """What the tour says of itself."""
    value = json.loads((tour / "tour.json").read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def test_tuned_beats_base_beyond_doubt(report: dict[str, Any]) -> None:
    assert report["ok"] is True
    assert report["records"] == {"train": 200, "validation": 40, "test": 160}
    match = report["exact_match"]
    assert match["tuned"] - match["base"] == pytest.approx(match["difference"])
    assert match["low"] > 0
    assert match["p"] is not None
    assert report["output_tokens"]["change"] <= -0.3
    assert report["adapter_proven"] is True


def test_every_answer_is_a_trial(report: dict[str, Any]) -> None:
    in_the_sample, in_the_lab = 200, 3
    assert report["trials"] == in_the_sample + in_the_lab + 3 * 160


def test_the_report_says_with_what_it_was_made(report: dict[str, Any]) -> None:
    assert set(report["seconds"]) >= {"lab", "tune", "compare", "total"}
    assert {"pyside6", "torch", "transformers", "python"} <= set(report["versions"])
    assert report["event_loop"]["beats"] > 1000


def test_every_page_is_pictured(tour: Path) -> None:
    for name in PICTURES:
        assert (tour / f"{name}.png").stat().st_size > 5000, name


def test_no_file_holds_a_secret(tour: Path) -> None:
    assert not secret_scan.scan(tour)


def test_the_exported_files_are_those_of_the_manifest(tour: Path) -> None:
    from workbench.formats.export import verify_export

    manifests = list((tour / "export").glob("*/*/manifest.json"))
    assert len(manifests) == 2
    for manifest in manifests:
        assert verify_export(manifest.parent) == ()


@pytest.mark.parametrize(
    ("button", "stage", "stages"),
    [
        ("Run", "lab", ["open", "lab"]),
        ("Import rows", "import", ["open", "show data", "import"]),
        ("Divide records", "split", ["open", "show data", "import", "split"]),
    ],
)
def test_a_button_that_lost_its_connection_fails_the_tour(
    tmp_path: Path, worker: Path, button: str, stage: str, stages: list[str]
) -> None:
    script = ROOT / "tests" / "e2e" / "broken_tour.py"
    with started(tmp_path / "unused", script, tmp_path, button, *stages) as process:
        said, complaint = process.communicate(timeout=90)
    lines = said.strip().splitlines()
    assert lines, complaint
    assert json.loads(lines[-1])["stage"] == stage, lines[-1]
