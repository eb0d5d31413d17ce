"""The command line as a shell sees it: real processes, exit codes, one JSON object."""

import csv
import json
from pathlib import Path

import pytest

import workbench as package
from tests.e2e import projects
from tests.e2e.processes import answer, workbench

PARTS = (24, 6, 12)


def write_table(path: Path, extra: list[list[str]]) -> None:
    rows = [[row["ticket"], row["answer"]] for row in projects.rows(sum(PARTS))]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["ticket", "answer"], *rows, *extra])


def new(home: Path, path: Path) -> Path:
    """Make a project as a person would: kind, fields and separator of the task."""
    task = ("--kind", "extract", "--fields", "code,urgency,order", "--separator", " | ")
    done = workbench(home, "new", path, "--name", "注文の仕分け", *task, "--json")
    assert done.returncode == 0, done.stderr
    return Path(answer(done)["project"])


def test_version_and_help_need_no_project(home: Path) -> None:
    version = workbench(home, "--version")
    assert (version.returncode, version.stdout.strip()) == (
        0,
        f"workbench {package.__version__}",
    )
    text = workbench(home, "--help")
    assert text.returncode == 0
    for command in (
        "new",
        "import",
        "export",
        "train",
        "compare",
        "sandbox",
        "doctor",
        "tour",
    ):
        assert command in text.stdout
    assert not list(home.iterdir())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("train",), 2),
        (("import", "a", "b", "--no-such"), 2),
        (("new", "x.workbench", "--kind", "poem"), 2),
        (("export", "missing.workbench", "out"), 1),
    ],
)
def test_exit_codes_tell_wrong_calls_from_failures(
    home: Path, arguments: tuple[str, ...], code: int
) -> None:
    result = workbench(home, *arguments)
    assert result.returncode == code
    assert result.stderr
    assert "Traceback" not in result.stderr


def test_a_failure_is_one_json_object_too(home: Path, tmp_path: Path) -> None:
    missing = workbench(home, "export", tmp_path / "no.workbench", tmp_path, "--json")
    assert answer(missing)["error"]["code"] == "project.missing"
    path = new(home, tmp_path / "a.workbench")
    again = workbench(home, "new", path, "--json")
    assert (again.returncode, answer(again)["error"]["code"]) == (1, "project.exists")


def test_a_table_with_bad_rows_goes_in_and_comes_out(
    home: Path, tmp_path: Path
) -> None:
    path = new(home, tmp_path / "仕分け.workbench")
    table = tmp_path / "tickets.csv"
    # Row 1 is the header, so the bad rows are those after the good ones.
    write_table(table, [["", "REF | low | 1"], ["No answer, order 2", ""]])
    done = workbench(
        home,
        *("import", path, table, "--dataset", "Tickets", "--system", "Route it."),
        *("--split", ",".join(map(str, PARTS)), "--json"),
    )
    assert done.returncode == 0, done.stderr
    report = answer(done)
    good = sum(PARTS)
    assert (report["added"], report["rejected"]) == (good, 2)
    rejected = [
        (problem["row"], problem["code"])
        for problem in report["problems"]
        if problem["rejected"]
    ]
    assert rejected == [(good + 2, "no_input"), (good + 3, "no_answer")]
    assert f"row {good + 2}:" in done.stderr
    counts = report["counts"]
    assert tuple(counts[part] for part in ("train", "validation", "test")) == PARTS

    out = tmp_path / "out"
    exported = workbench(home, "export", path, out, "--json")
    assert exported.returncode == 0, exported.stderr
    result = answer(exported)
    assert len(result["sha256"]) == 64
    assert result["problems"] == []
    lines = [
        json.loads(line)
        for file in sorted(out.rglob("train*.jsonl"))
        for line in file.read_text(encoding="utf-8").splitlines()
    ]
    # Each dialect has every training record once.
    assert len(lines) == PARTS[0] * len(result["manifests"])


def test_doctor_names_every_part_with_its_mend(home: Path, tmp_path: Path) -> None:
    nothing = tmp_path / "no python here"
    result = workbench(home, "doctor", "--json", WORKBENCH_WORKER_PYTHON=str(nothing))
    assert result.returncode == 1
    checks = {check["name"]: check for check in answer(result)["checks"]}
    assert {"Python", "built-in model", "torch", "disk"} <= set(checks)
    assert checks["Python"]["ok"]
    assert not checks["torch"]["ok"]
    assert "Settings" in checks["torch"]["text"]


def test_training_without_a_worker_fails_and_says_why(
    home: Path, project: Path, tmp_path: Path
) -> None:
    missing = str(tmp_path / "no python here")
    result = workbench(home, "train", project, WORKBENCH_WORKER_PYTHON=missing)
    assert result.returncode == 1
    assert "not there" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.usefixtures("worker")
def test_a_model_is_trained_and_compared(home: Path, project: Path) -> None:
    trained = workbench(home, "train", project, "--goal", "quick", "--json")
    assert trained.returncode == 0, trained.stderr
    run = answer(trained)
    assert run["state"] == "succeeded"
    assert run["adapter"]
    table = project.with_name("compared.csv")
    compared = workbench(
        home, "compare", project, "--shots", "3", "--csv", table, "--json"
    )
    assert compared.returncode == 0, compared.stderr
    result = answer(compared)
    assert result["records"] == PARTS[2]
    assert set(result["means"]) == {"base", "few_shot", "tuned"}
    means = result["means"]
    assert result["difference"] == pytest.approx(means["tuned"] - means["base"])
    if result["low"] is None:
        # All records differ alike, and no interval is made up from that.
        assert result["difference"] in (0, 1)
    else:
        assert result["low"] <= result["difference"] <= result["high"]
    assert result["output_tokens"]["tuned"] < result["output_tokens"]["base"]
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == PARTS[2] + 1
