"""The prompt being edited: kept in memory, saved soon after the last keystroke.

The draft in the project file is the truth, and undo changes it there. A change set that
touches the draft makes this presenter read it again, unless something typed since has
not been saved yet: then what was typed wins.
"""

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from workbench.domain.changes import ChangeSet, Kind
from workbench.domain.content import FilePart
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import (
    PromptSpec,
    Shot,
    sorted_items,
    without_inputs,
)
from workbench.domain.thinking import Thinking
from workbench.domain.trials import PromptVersion
from workbench.services.lab import Draft
from workbench.ui.lab.issues import Issue, draft_issues
from workbench.ui.shell.context import Context

SAVE_DELAY_MS = 250


class DraftPresenter(QObject):
    """Holds the draft, saves it, and says what is to be looked at."""

    loaded = Signal()
    """The whole draft is another: show it anew."""
    edited = Signal()
    """Something was edited here."""
    version_changed = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Start with an empty draft; `load` reads the project's."""
        super().__init__(parent)
        self._context = context
        self.spec = PromptSpec()
        self.variables: dict[str, str] = {}
        self.versions: Sequence[PromptVersion] = ()
        self.is_loaded = False
        self._edits = 0
        self._edits_when_read = 0
        self._dirty = False
        self._made: dict[str, str] = {}
        """The words that were made a variable here, by its name."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_DELAY_MS)
        self._timer.timeout.connect(self.flush)

    # ------------------------------------------------------------ reading

    def load(self) -> None:
        """Read the project's draft and its versions."""
        lab = self._context.services.lab
        self._edits_when_read = self._edits
        self._context.bridge.call(lab.draft, done=self._on_draft)
        self.load_versions()

    def load_versions(self) -> None:
        """Read the versions, to tell whether the draft is one of them."""
        lab = self._context.services.lab
        self._context.bridge.call(lab.versions, done=self._on_versions)

    def refresh(self, changes: ChangeSet) -> None:
        """Read again what a write elsewhere (or undo) changed."""
        if changes.touches(Kind.DRAFT) and not self._timer.isActive():
            self.load()
        elif changes.touches(Kind.TRIAL):
            self.load_versions()

    def _on_draft(self, draft: Draft) -> None:
        if self._edits != self._edits_when_read:
            return
        same = draft.spec == self.spec and dict(draft.variables) == self.variables
        if same and self.is_loaded:
            return
        self.spec = draft.spec
        self.variables = dict(draft.variables)
        self._keep_placeholders_filled()
        self.is_loaded = True
        self.loaded.emit()
        self.version_changed.emit()

    def _on_versions(self, versions: Sequence[PromptVersion]) -> None:
        self.versions = versions
        self.version_changed.emit()

    # ------------------------------------------------------------ telling

    def issues(self) -> tuple[Issue, ...]:
        """Return what is to be looked at before running."""
        return draft_issues(self.spec, self.variables)

    def version(self) -> tuple[int, bool]:
        """Return the number of the version (0: none) and whether the draft differs."""
        # What is sent leaves the very input out of the examples.
        sent = without_inputs(self.spec.shots, self.variables)
        known = {
            self.spec.content_hash,
            dataclasses.replace(self.spec, shots=sent).content_hash,
        }
        for version in self.versions:
            if version.content_hash in known:
                return version.number, False
        return (self.versions[0].number if self.versions else 0), True

    def unused(self) -> tuple[str, ...]:
        """Return names of variables that have a value and no placeholder."""
        names = self.spec.placeholders
        return tuple(n for n, v in self.variables.items() if n not in names and v)

    # ------------------------------------------------------------ editing

    def set_system(self, text: str) -> None:
        """Take over the text of role and rules."""
        self._set_texts(text, self.spec.template)

    def set_template(self, text: str) -> None:
        """Take over the message."""
        self._set_texts(self.spec.system, text)

    def set_variable(self, name: str, value: str) -> None:
        """Take over the value of one variable."""
        if self.variables.get(name) != value:
            self.variables[name] = value
            self._on_edit()

    def drop_variable(self, name: str) -> None:
        """Forget a variable that the prompt no longer uses."""
        if self.variables.pop(name, None) is not None:
            self._on_edit()

    def set_shots(self, shots: Sequence[Shot]) -> None:
        """Take over the examples in the prompt; saved at once, so undo has the step."""
        if tuple(shots) != self.spec.shots:
            self.spec = dataclasses.replace(self.spec, shots=tuple(shots))
            self._on_edit()
            self.flush()

    def add_shot(self, shot: Shot) -> None:
        """Append an example to the prompt."""
        self.set_shots((*self.spec.shots, shot))

    def set_parameters(self, parameters: GenerationParameters) -> None:
        """Take over how answers are decoded; what is set elsewhere stays."""
        now = self.spec.parameters
        parameters = dataclasses.replace(
            parameters,
            reasoning_effort=now.reasoning_effort,
            reasoning_budget=now.reasoning_budget,
            json_schema=now.json_schema,
            prompt_caching=now.prompt_caching,
        )
        if parameters != self.spec.parameters:
            self.spec = dataclasses.replace(self.spec, parameters=parameters)
            self._on_edit()

    def set_files(self, files: Sequence[FilePart]) -> None:
        """Take over the files; saved at once, so undo has the step."""
        if tuple(files) != self.spec.files:
            self.spec = dataclasses.replace(self.spec, files=tuple(files))
            self._on_edit()
            self.flush()

    def set_thinking(self, thinking: Thinking, effort: str, budget: int) -> None:
        """Take over whether and how the model is asked to think."""
        parameters = dataclasses.replace(
            self.spec.parameters, reasoning_effort=effort, reasoning_budget=budget
        )
        spec = dataclasses.replace(self.spec, thinking=thinking, parameters=parameters)
        if spec != self.spec:
            self.spec = spec
            self._on_edit()

    def new_variable(self, value: str) -> str:
        """Return a free name for a variable that starts with this value.

        The editor puts the placeholder into the text (positions in a Qt document count
        otherwise than in a Python string), and that edit saves both.
        """
        name = self._free_name()
        self.variables[name] = value
        self._made[name] = value
        return name

    def flush(self) -> None:
        """Save now what is not saved yet."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        lab = self._context.services.lab
        self._context.bridge.call(
            lab.save_draft, self.spec, dict(self.variables), done=self._on_saved
        )

    def _on_saved(self, _: object) -> None:
        # Something typed meanwhile waits for its own save.
        self._context.set_dirty(self, self._dirty)

    # ------------------------------------------------------------ inside

    def _on_edit(self) -> None:
        self._edits += 1
        self._dirty = True
        self._context.set_dirty(self, True)
        self._timer.start()
        self.edited.emit()

    def _set_texts(self, system: str, template: str) -> None:
        if (system, template) == (self.spec.system, self.spec.template):
            return
        before = set(self.spec.placeholders)
        self.spec = dataclasses.replace(self.spec, system=system, template=template)
        after = set(self.spec.placeholders)
        if len(before - after) == 1 and len(after - before) == 1:
            self._rename((before - after).pop(), (after - before).pop())
        else:
            self._follow_undo(before - after, after - before)
        self._keep_placeholders_filled()
        self._on_edit()

    def _follow_undo(self, gone: set[str], back: set[str]) -> None:
        """Undo of a variable gives its words back to the text; redo takes them."""
        texts = (self.spec.system, self.spec.template)
        for name in gone & self._made.keys():
            words = self._made[name]
            if self.variables.get(name) == words and any(words in t for t in texts):
                del self.variables[name]
        for name in back & self._made.keys():
            if not self.variables.get(name):
                self.variables[name] = self._made[name]

    def _rename(self, old: str, new: str) -> None:
        """A placeholder was renamed by typing: its values go along."""
        if self.variables.get(new):
            return
        self.variables[new] = self.variables.pop(old, "")
        self.spec = dataclasses.replace(
            self.spec, shots=tuple(_renamed(shot, old, new) for shot in self.spec.shots)
        )

    def _keep_placeholders_filled(self) -> None:
        """Every placeholder has a value, if only an empty one; empty rests go."""
        names = self.spec.placeholders
        kept = {n: v for n, v in self.variables.items() if n in names or v}
        self.variables = {**kept, **{n: kept.get(n, "") for n in names}}

    def _free_name(self) -> str:
        taken = {*self.variables, *self.spec.placeholders}
        if "input" not in taken:
            return "input"
        number = 2
        while f"input_{number}" in taken:
            number += 1
        return f"input_{number}"


def _renamed(shot: Shot, old: str, new: str) -> Shot:
    values = shot.values
    if old not in values or new in values:
        return shot
    values[new] = values.pop(old)
    return dataclasses.replace(shot, variables=sorted_items(values))
