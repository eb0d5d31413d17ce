"""Walks the guided path in the window: asks where it stands, shows it, points at it.

It looks again whenever the services tell of a change; two questions are never under way
at once, and nothing is asked while no path is being walked.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from workbench.domain.guide import Moment, Progress, Spot, State
from workbench.domain.jobs import JobSnapshot, JobState
from workbench.services.guide import GuideView
from workbench.ui.guide.ring import Ring
from workbench.ui.guide.strip import GuideStrip
from workbench.ui.shell.context import Context
from workbench.ui.shell.page_stack import PageStack

if TYPE_CHECKING:
    from workbench.ui.shell.page import Page


class Guide(QObject):
    """Owner of strip and ring; the window docks the strip."""

    def __init__(
        self, window: QWidget, context: Context, stack: PageStack, outside: QWidget
    ) -> None:
        """Listen, and show nothing yet.

        Args:
            window: the ring lies over it.
            context: services and bridge.
            stack: knows the page whose control is pointed at.
            outside: the control of the step that stands outside the pages.
        """
        super().__init__(window)
        self._window = window
        self._least: int | None = None
        self._context = context
        self._service = context.services.guide
        self._stack = stack
        self._outside = outside
        self.strip = GuideStrip(window)
        self.ring = Ring(window)
        self._page: Page | None = None
        self._name = ""
        self._jobs: dict[str, JobState] = {}
        self._is_asking = self._ask_again = False
        self._wants_start = self._wants_focus = False
        self.strip.show_clicked.connect(self.show_control)
        self.strip.next_clicked.connect(self._on_next)
        self.strip.back_clicked.connect(self._on_back)
        self.strip.leave_clicked.connect(self.leave)
        self.ring.moved.connect(self._give_focus)
        stack.currentChanged.connect(self._on_page)
        bridge = context.bridge
        bridge.project_opened.connect(self._on_opened)
        bridge.project_closed.connect(self._on_closed)
        bridge.changed.connect(self._look)
        bridge.trial_finished.connect(self._look)
        bridge.job_changed.connect(self._on_job)

    @property
    def moment(self) -> Moment | None:
        """What is to be done now."""
        return self.strip.moment

    def start(self) -> None:
        """Begin or resume; the sample project is opened when it is not open."""
        if self._context.services.projects.is_sample():
            self._context.bridge.call(self._service.start, done=self._on_started)
        else:
            self._wants_start = True
            self._context.host.command("sample")

    def stand_at(self, progress: Progress) -> None:
        """Take over a place on the path and show it."""
        self._context.bridge.call(
            self._service.stand_at, progress, done=self._on_started
        )

    def leave(self) -> None:
        """Put strip and ring away; the place on the path is kept."""
        self._context.bridge.call(self._service.leave, done=self._show)

    def show_control(self) -> None:
        """Go to the control of the moment, and put the keyboard on it."""
        moment = self.moment
        if moment is None:
            return
        if moment.spot is Spot.OWN:
            self._context.host.command("own")
            return
        self._context.go(moment.spot.page)
        page = self._stack.page()
        if page is not None:
            page.show_guide_target(moment.spot)
        self._wants_focus = moment.work is None
        self._point()

    # ------------------------------------------------------------ looking

    def _on_opened(self) -> None:
        wanted = self._service.start if self._wants_start else self._service.offer
        done = self._on_started if self._wants_start else self._show
        self._wants_start = False
        self._context.bridge.call(wanted, done=done)

    def _on_closed(self) -> None:
        self._jobs.clear()
        self._wants_focus = False
        self._show(GuideView())

    def _on_job(self, job: JobSnapshot) -> None:
        # Progress comes many times a second and changes nothing on the path.
        if self._jobs.get(job.ulid) is not job.state:
            self._jobs[job.ulid] = job.state
            self._look()

    def _look(self, *_: object) -> None:
        if self._service.progress.state is not State.ACTIVE:
            return
        if self._is_asking:
            self._ask_again = True
            return
        self._is_asking = True
        self._context.bridge.call(
            self._service.look, done=self._on_looked, failed=self._on_failed
        )

    def _on_looked(self, view: GuideView) -> None:
        self._is_asking = False
        self._show(view)
        if self._ask_again:
            self._ask_again = False
            self._look()

    def _on_failed(self, error: object) -> None:
        # The project was closed in between: its own events say so.
        del error
        self._is_asking = self._ask_again = False

    def _on_started(self, view: GuideView) -> None:
        self._show(view)
        moment = self.moment
        # The last step's control opens a dialog, which nobody has asked for yet.
        if moment is not None and moment.spot is not Spot.OWN:
            self.show_control()

    def _on_next(self) -> None:
        moment = self.moment
        if moment is None:
            return
        is_read = moment.spot is Spot.ADVICE
        wanted = self._service.read_advice if is_read else self._service.pass_over
        self._context.bridge.call(wanted, done=self._show)

    def _on_back(self) -> None:
        self._context.bridge.call(self._service.take_back, done=self._show)

    # ------------------------------------------------------------ showing

    def _show(self, view: GuideView) -> None:
        if view.moment != self.moment:
            self._wants_focus = False
        self.strip.show_view(view)
        self._make_room()
        self._point()

    def _make_room(self) -> None:
        """Keep the pages as high as the smallest window makes them without a strip."""
        if self._least is None:
            self._least = self._window.minimumHeight()
        more = self.strip.sizeHint().height() if not self.strip.isHidden() else 0
        self._window.setMinimumHeight(self._least + more)

    def _on_page(self) -> None:
        page, name = self._stack.page(), self._stack.name
        before, self._page = self._page, page
        left, self._name = self._name, name
        if page is before:
            return
        if before is not None:
            before.guide_targets_changed.disconnect(self._point)
        if page is not None:
            page.guide_targets_changed.connect(self._point)
        moment = self.moment
        if left == "advise" and moment is not None and moment.spot is Spot.ADVICE:
            # The advice has been read.
            self._on_next()
        self._point()

    def _point(self) -> None:
        """Put the ring round the control of the moment, if its page is shown."""
        self.ring.point_at(self._target())
        self._give_focus()

    def _target(self) -> QWidget | None:
        moment, page = self.moment, self._stack.page()
        if moment is None or moment.work is not None:
            return None
        if moment.spot is Spot.OWN:
            return self._outside
        if page is None or self._stack.name != moment.spot.page:
            return None
        return page.guide_target(moment.spot)

    def _give_focus(self) -> None:
        """Reveal the control and put the keyboard on it, once it can be used."""
        target = self.ring.target
        if not self._wants_focus or target is None:
            return
        reveal(target)
        self.ring.follow()
        focus = target.focusProxy() or target
        if focus.isVisible() and focus.isEnabled():
            self._wants_focus = False
            focus.setFocus(Qt.FocusReason.TabFocusReason)


def reveal(widget: QWidget) -> None:
    """Scroll whatever the widget stands in until it can be seen."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
