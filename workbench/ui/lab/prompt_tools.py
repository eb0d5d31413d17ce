"""The dialogs beside the prompt, each made when it is first wanted."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.domain.capabilities import Reasoning
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.prompts import Shot
from workbench.services.catalogue import CatalogueService
from workbench.services.prompts import Restored
from workbench.ui.lab.draft import DraftPresenter
from workbench.ui.lab.lookout import Lookout
from workbench.ui.lab.model_choice import ModelChoice
from workbench.ui.lab.prompt_files import PromptFiles
from workbench.ui.lab.prompt_panel import PromptPanel
from workbench.ui.lab.thinking_panel import NOT_OFFERED
from workbench.ui.shell.context import Context

# The dialogs are imported when first wanted: with the page they would hold the window.
if TYPE_CHECKING:
    from workbench.ui.lab.preview_sheet import PreviewSheet
    from workbench.ui.lab.shots_proposal import ShotsProposal
    from workbench.ui.lab.versions_sheet import VersionsSheet


class PromptTools(QObject):
    """Opens what is seldom needed, and puts what comes out of it into the draft."""

    def __init__(
        self,
        context: Context,
        draft: DraftPresenter,
        prompt: PromptPanel,
        models: ModelChoice,
        page: QWidget,
    ) -> None:
        """Follow the buttons of the prompt's panel; dialogs belong to the page."""
        super().__init__(page)
        self._context = context
        self._draft = draft
        self._models = models
        self._page = page
        self.lookout = Lookout(context, draft, self)
        self.preview: PreviewSheet | None = None
        self.proposal: ShotsProposal | None = None
        self.versions: VersionsSheet | None = None
        prompt.proposal_wanted.connect(self._on_proposal_wanted)
        prompt.follow(self.lookout)
        self._prompt = prompt
        self.files = PromptFiles(context, draft, prompt.files)
        self._asked_of: ModelRef | None = None
        models.changed.connect(self._on_model)

    def _on_model(self) -> None:
        """Ask what the chosen model offers by itself."""
        model = self._models.chosen
        if model == self._asked_of:
            return
        self._asked_of = model
        services = self._context.services
        self._context.bridge.call(
            _reasoning_of, services.catalogue, model, done=self._on_reasoning
        )

    def _on_reasoning(self, reasoning: Reasoning) -> None:
        self._prompt.thinking.set_reasoning(reasoning)

    def _on_proposal_wanted(self) -> None:
        if self.proposal is None:
            from workbench.ui.lab.shots_proposal import ShotsProposal

            self.proposal = ShotsProposal(self._context, self._page)
            self.proposal.taken.connect(self._on_taken)
        self.proposal.start()

    def _on_taken(self, shots: Sequence[Shot]) -> None:
        """Append what is not in the prompt yet."""
        known = {shot.example_ulid for shot in self._draft.spec.shots}
        new = tuple(shot for shot in shots if shot.example_ulid not in known)
        self._draft.set_shots((*self._draft.spec.shots, *new))
        text = self.tr("Added %n example(s) to the prompt", "", len(new))
        self._context.notify(text)

    def show_versions(self) -> None:
        """Open the sheet of the versions."""
        self._draft.flush()
        if self.versions is None:
            from workbench.ui.lab.versions_sheet import VersionsSheet

            self.versions = VersionsSheet(self._context, self._page)
            self.versions.restored.connect(self._on_restored)
        self.versions.start()

    def show_preview(self) -> None:
        """Open the sheet that tells what is sent."""
        if self.preview is None:
            from workbench.ui.lab.preview_sheet import PreviewSheet

            self.preview = PreviewSheet(
                self._context, self._draft, self._models, self.lookout, self._page
            )
        self.preview.start()

    def _on_restored(self, restored: Restored) -> None:
        self._context.notify(
            self.tr("The version is in the editor; undo brings back what was there.")
        )
        if restored.switched_off:
            numbers = ", ".join(map(str, restored.switched_off))
            text = self.tr(
                "Switched off, because they are set aside for the test by now: "
                "example {numbers}."
            )
            self._context.notify(text.format(numbers=numbers))


def _reasoning_of(catalogue: CatalogueService, model: ModelRef) -> Reasoning:
    """Return what a model offers; models of this computer take no such setting."""
    if model.kind in {ModelKind.BUILTIN, ModelKind.LOCAL}:
        return NOT_OFFERED
    return catalogue.capabilities(model).reasoning
