"""Pictures of the guided path: each page with its ring, and one's own examples."""

from collections.abc import Iterator
from pathlib import Path

from workbench.app.tour.driver import Driver
from workbench.app.window import Program
from workbench.domain.guide import Progress, Since, State, Step
from workbench.ui.own.dialog import OwnExamplesDialog

_QUIET_MS = 900
_STEPS = tuple(Step)
_CELLS = {
    "en": (("Order {n} has not arrived yet", "late"), ("Wrong colour in {n}", "swap")),
    "ja": (("注文{n}がまだ届きません", "配送"), ("注文{n}の色が違いました", "交換")),
}


def guide_shots(program: Program, driver: Driver, name: str) -> Iterator[Path]:
    """Picture every step in the look of now; the path is left as it was."""
    before = program.services.guide.progress
    for step in _STEPS:
        yield _step(program, driver, step, f"guide-{step}-{name}")
    advice = _at(program, Step.COMPARE, Since())
    yield _stand(program, driver, advice, f"guide-advise-{name}")
    program.window.guide.stand_at(before)
    driver.settle()
    yield _own(program, driver, name)


def _step(program: Program, driver: Driver, step: Step, name: str) -> Path:
    newest = program.services.guide.newest()
    return _stand(program, driver, _at(program, step, newest), name)


def _stand(program: Program, driver: Driver, place: Progress, name: str) -> Path:
    guide = program.window.guide
    if place.step is Step.OWN:
        program.window.go("lab")
    guide.stand_at(place)
    driver.wait("the guide", lambda: _shows(program, place))
    driver.settle(_QUIET_MS)
    return driver.picture(name, program.window)


def _shows(program: Program, place: Progress) -> bool:
    moment = program.window.guide.moment
    return moment is not None and moment.step is place.step


def _at(program: Program, step: Step, since: Since) -> Progress:
    done = frozenset(_STEPS[: _STEPS.index(step)])
    project = program.services.projects.store.meta.ulid
    return Progress(State.ACTIVE, project, done, since)


def _own(program: Program, driver: Driver, name: str) -> Path:
    window = program.window
    window.command("own")
    dialog = window.findChildren(OwnExamplesDialog)[-1]
    rows = _CELLS[name[:2]]
    lines = [
        f"{text.format(n=2950 + n)}\t{answer}"
        for n in range(5)
        for text, answer in rows
    ]
    dialog.take_text("\n".join([*lines, rows[0][0].format(n=2970)]) + "\t\n")
    driver.wait("the examples", lambda: bool(dialog.understood().examples))
    picture = driver.picture(f"own-{name}", dialog)
    dialog.close()
    return picture
