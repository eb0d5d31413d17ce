"""Matrices and what was spent: kept whole, written once, and never asked twice."""

import contextlib
import dataclasses
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.unit.storage.samples import SPEC, done, raw, spec_with_shots
from workbench.domain.errors import InputError
from workbench.domain.jobs import JobState
from workbench.domain.matrices import CellState, NewCell, NewMatrix
from workbench.domain.matrix import (
    MatrixInput,
    MatrixRequest,
    PlannedCell,
    call_hash,
    cells_of,
    request_of,
)
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.ports import ProjectFiles, ProjectStore
from workbench.domain.spending import Caps, CostBasis, Entry, Reservation
from workbench.domain.trials import CallOrigin, NewTrial, TrialStatus

MODEL = ModelRef(ModelKind.BEDROCK, "Nova", "nova", region="us-east-1")
INPUTS = (
    MatrixInput((("ticket", "一"),), "返金", 7, "ULID"),
    MatrixInput((("ticket", "二"),)),
)
REQUEST = MatrixRequest((SPEC,), INPUTS, (MODEL,), cap=Decimal("0.10"), name="最初")
RESERVED = Reservation(Decimal("0.50"), "2026-11-20", "matrix:1")
PAID: dict[str, Any] = {"cost": Decimal("0.20"), "cost_basis": CostBasis.MEASURED}


def add(project: ProjectStore, *, answered_by: int | None = None) -> int:
    version = project.prompts.ensure_version(SPEC).id
    cells = []
    for cell in cells_of(REQUEST):
        call = request_of(SPEC, INPUTS[cell.input], MODEL)
        identity = call_hash(MODEL, call.messages, call.parameters)
        by = answered_by if cell.position == 0 else None
        cells.append(NewCell(PlannedCell(cell, identity, by), version))
    return project.matrices.add(
        NewMatrix(
            REQUEST.name, 1, False, REQUEST.cap, (version,), INPUTS, (MODEL,), (*cells,)
        )
    )


def trial(project: ProjectStore, matrix_id: int | None, cell: int = 0) -> NewTrial:
    call = request_of(SPEC, INPUTS[cell], MODEL)
    identity = call_hash(MODEL, call.messages, call.parameters)
    position = None if matrix_id is None else cell
    return NewTrial(
        project.prompts.ensure_version(SPEC).id,
        MODEL,
        INPUTS[cell].variables,
        call.messages,
        call.parameters,
        origin=CallOrigin(identity, matrix_id=matrix_id, cell=position),
    )


def states(project: ProjectStore, matrix_id: int) -> list[CellState]:
    return [view.state for view in project.matrices.cells(matrix_id)]


def test_a_matrix_comes_back(project: ProjectStore) -> None:
    matrix = project.matrices.get(add(project))
    assert (matrix.name, matrix.inputs, matrix.models) == ("最初", INPUTS, (MODEL,))
    assert (matrix.cap, matrix.state) == (Decimal("0.10"), JobState.RUNNING)
    assert project.matrices.matrices() == [matrix]
    assert states(project, matrix.id) == [CellState.OPEN] * 2
    with pytest.raises(InputError) as caught:
        project.matrices.get(99)
    assert caught.value.code == "matrix.missing"


def test_what_came_back_with_an_answer_is_kept(project: ProjectStore) -> None:
    made = project.trials.start(trial(project, None), RESERVED)
    outcome = dataclasses.replace(
        done(),
        reasoning="まず考える",
        reasoning_tokens=4,
        cache_read_tokens=5,
        cache_write_tokens=6,
        request_id="req",
        attempts=3,
        cost=Decimal("0.0000001"),
        cost_basis=CostBasis.MEASURED,
        price_date="2026-11",
        price_source="price_list",
    )
    project.trials.finish(made, outcome)
    assert project.trials.get(made).outcome == outcome


def test_a_cell_goes_its_way(project: ProjectStore) -> None:
    matrix_id = add(project)
    first = project.trials.start(trial(project, matrix_id))
    assert states(project, matrix_id)[0] is CellState.RUNNING
    project.trials.finish(first, done(status=TrialStatus.FAILED, error_code="x"))
    assert states(project, matrix_id)[0] is CellState.FAILED
    second = project.trials.start(trial(project, matrix_id))
    project.trials.finish(second, done())
    view = project.matrices.cells(matrix_id)[0]
    assert (view.state, view.trial_id, view.tries) == (CellState.ANSWERED, second, 2)
    assert not view.reused


def test_an_answered_cell_is_never_asked_again(project: ProjectStore) -> None:
    matrix_id = add(project)
    project.trials.finish(project.trials.start(trial(project, matrix_id)), done())
    before = len(project.spending.entries())
    for _ in range(2):
        with pytest.raises(InputError) as caught:
            project.trials.start_many(
                [
                    (trial(project, matrix_id, 1), RESERVED),
                    (trial(project, matrix_id), RESERVED),
                ]
            )
        assert caught.value.code == "matrix.taken"
    assert states(project, matrix_id)[1] is CellState.OPEN
    assert len(project.spending.entries()) == before


def test_a_cell_that_is_being_asked_is_not_asked_twice(project: ProjectStore) -> None:
    matrix_id = add(project)
    project.trials.start(trial(project, matrix_id))
    with pytest.raises(InputError) as caught:
        project.trials.start(trial(project, matrix_id))
    assert caught.value.code == "matrix.taken"


def test_an_earlier_answer_is_taken_over(project: ProjectStore) -> None:
    made = project.trials.start(trial(project, None))
    project.trials.finish(made, done())
    identity = project.trials.get(made).origin.call_hash
    assert project.trials.answered([identity, "other"]) == {identity: made}
    matrix_id = add(project, answered_by=made)
    view = project.matrices.cells(matrix_id)[0]
    assert (view.state, view.trial_id, view.reused) == (CellState.ANSWERED, made, True)


def test_only_the_same_call_answers_a_cell(project: ProjectStore) -> None:
    matrix_id = add(project)
    made = project.trials.start(trial(project, None, 1))
    project.trials.finish(made, done())
    with pytest.raises(InputError) as caught:
        project.matrices.link(matrix_id, {0: made})
    assert caught.value.code == "matrix.foreign"
    project.matrices.link(matrix_id, {1: made})


def test_a_cell_whose_answer_was_deleted_is_open_again(project: ProjectStore) -> None:
    matrix_id = add(project)
    made = project.trials.start(trial(project, matrix_id), RESERVED)
    project.trials.finish(made, done(**PAID))
    project.trials.set_binned([made], binned=True)
    assert project.trials.answered([trial(project, None).origin.call_hash]) == {}
    project.empty_bin()
    assert states(project, matrix_id) == [CellState.OPEN] * 2
    assert [entry.settled for entry in project.spending.entries()] == [Decimal("0.20")]


def test_no_version_gives_its_own_input_away(project: ProjectStore) -> None:
    version = project.prompts.ensure_version(spec_with_shots(" 一 ")).id
    cell = next(iter(cells_of(REQUEST)))
    new = NewMatrix(
        "",
        1,
        False,
        None,
        (version,),
        INPUTS,
        (MODEL,),
        (NewCell(PlannedCell(cell, "sha256:x"), version),),
    )
    with pytest.raises(InputError) as caught:
        project.matrices.add(new)
    assert caught.value.code == "shot.own"
    assert project.matrices.matrices() == []


def test_money_is_reserved_with_the_trial_and_settled_with_its_end(
    project: ProjectStore,
) -> None:
    matrix_id = add(project)
    made = project.trials.start(trial(project, matrix_id), RESERVED)
    run, day = f"matrix:{matrix_id}", "2026-11-20"
    assert project.spending.entries() == [Entry(run, day, Decimal("0.50"))]
    project.trials.finish(made, done(**PAID))
    settled = Entry(run, day, Decimal("0.50"), Decimal("0.20"), CostBasis.MEASURED)
    assert project.spending.entries() == [settled]


def test_what_was_in_flight_is_settled_at_the_worst_case(
    project: ProjectStore, files: ProjectFiles, path: Path
) -> None:
    matrix_id = add(project)
    known = project.trials.start(trial(project, matrix_id), RESERVED)
    free = project.trials.start(trial(project, None))
    unknown = project.trials.start(
        trial(project, matrix_id, 1), dataclasses.replace(RESERVED, worst=None)
    )
    project.trials.interrupt_running()
    outcomes = [project.trials.get(made).outcome for made in (known, free, unknown)]
    assert [o.status for o in outcomes] == [TrialStatus.INTERRUPTED] * 3
    assert [o.cost for o in outcomes] == [Decimal("0.50"), None, None]
    assert outcomes[0].cost_basis is CostBasis.WORST_CASE
    assert [entry.basis for entry in project.spending.entries()] == [
        CostBasis.WORST_CASE,
        CostBasis.UNKNOWN,
    ]
    assert project.matrices.get(matrix_id).state is JobState.LOST
    assert states(project, matrix_id) == [CellState.INTERRUPTED] * 2
    project.trials.start(trial(project, matrix_id))


def test_caps_are_kept(project: ProjectStore) -> None:
    assert project.spending.caps() == Caps()
    caps = Caps(run=Decimal("0.10"), project=Decimal(20))
    project.spending.save_caps(caps)
    assert project.spending.caps() == caps
    project.spending.save_caps(Caps(day=Decimal(1)))
    assert project.spending.caps() == Caps(day=Decimal(1))


def test_the_pace_of_a_model_is_that_of_its_latest_answers(
    project: ProjectStore,
) -> None:
    assert project.trials.pace(MODEL).calls == 0
    for seconds in (1.0, 2.0, 9.0):
        made = project.trials.start(trial(project, None))
        project.trials.finish(made, done(seconds=seconds, output_tokens=4))
    pace = project.trials.pace(MODEL)
    assert (pace.calls, pace.seconds, pace.output_tokens) == (3, 2.0, 4)


@pytest.fixture
def sql(project: ProjectStore) -> Iterator[sqlite3.Connection]:
    """A matrix whose first cell is answered, and the same call asked by itself."""
    matrix_id = add(project)
    made = project.trials.start(trial(project, matrix_id), RESERVED)
    project.trials.finish(made, done(**PAID))
    project.trials.start(trial(project, None), RESERVED)
    with contextlib.closing(raw(project.meta.path)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE matrix SET repeats = 2", "matrix.fixed"),
        ("UPDATE matrix SET cap = '99'", "matrix.fixed"),
        ("UPDATE matrix SET state = 'queued'", "matrix.fixed"),
        ("DELETE FROM matrix", "matrix.fixed"),
        ("REPLACE INTO matrix SELECT * FROM matrix", "matrix.fixed"),
        ("UPDATE matrix_version SET position = 5", "matrix.fixed"),
        ("UPDATE matrix_input SET variables = '[]'", "matrix.fixed"),
        ("UPDATE matrix_model SET model = '{}'", "matrix.fixed"),
        ("UPDATE matrix_cell SET call_hash = 'x'", "matrix.fixed"),
        ("DELETE FROM matrix_cell", "matrix.fixed"),
        ("INSERT INTO matrix_cell VALUES (1, 9, 0, 0, 0, 0, 1, 'x')", "matrix.fixed"),
        ("INSERT INTO matrix_input VALUES (1, 9, '[]', '', '', 1, '')", "matrix.fixed"),
        ("REPLACE INTO matrix_cell SELECT * FROM matrix_cell", "matrix.fixed"),
        ("INSERT INTO matrix_trial VALUES (1, 0, 2)", "matrix.taken"),
        ("INSERT INTO matrix_trial VALUES (1, 1, 2)", "matrix.foreign"),
        ("UPDATE matrix_trial SET position = 1", "matrix.fixed"),
        ("DELETE FROM matrix_trial", "matrix.fixed"),
        ("UPDATE trial SET cost = '0' WHERE id = 1", "trial.finished"),
        ("UPDATE trial SET call_hash = 'x' WHERE id = 2", "trial.fixed"),
        ("UPDATE trial SET matrix_id = 1 WHERE id = 2", "trial.fixed"),
        ("UPDATE spending SET settled = '0' WHERE trial_id = 1", "spending.fixed"),
        ("UPDATE spending SET reserved = '0' WHERE trial_id = 2", "spending.fixed"),
        ("DELETE FROM spending", "spending.fixed"),
        ("REPLACE INTO spending SELECT * FROM spending", "spending.fixed"),
    ],
)
def test_refused(sql: sqlite3.Connection, statement: str, code: str) -> None:
    before = list(sql.iterdump())
    with pytest.raises(sqlite3.IntegrityError) as caught:
        sql.execute(statement)
    assert str(caught.value) == code
    assert list(sql.iterdump()) == before


def test_old_trials_get_no_invented_numbers(
    tmp_path: Path, files: ProjectFiles
) -> None:
    from workbench.storage.database import connect
    from workbench.storage.migrations import migrate

    path = tmp_path / "old.workbench"
    path.touch()
    with contextlib.closing(connect(path)) as connection:
        migrate(connection, stop_before="m009_matrix_and_spending")
        connection.execute(
            "INSERT INTO project VALUES (1, 'U', 'old', 'then', '{\"kind\": \"free\"}')"
        )
        connection.execute(
            "INSERT INTO prompt_version (ulid, number, created, content_hash, spec) "
            "VALUES ('V', 1, 'then', 'h', '{}')"
        )
        connection.execute(
            "INSERT INTO trial (ulid, created, prompt_version_id, model, variables,"
            " input_text, input_hash, messages, parameters, purpose) VALUES ('T',"
            " 'then', 1, '{\"kind\": \"builtin\"}', '[]', 'i', 'h', '[]', '{}', 'lab')"
        )
        connection.execute("UPDATE trial SET status = 'succeeded'")
    store = files.open(path)
    try:
        outcome = store.trials.get(1).outcome
        assert (outcome.cost, outcome.cost_basis) == (None, CostBasis.UNKNOWN)
        assert (outcome.reasoning_tokens, outcome.attempts) == (None, 1)
        assert store.trials.get(1).origin == CallOrigin()
        assert store.trials.answered([""]) == {}
    finally:
        store.close()
