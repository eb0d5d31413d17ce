"""AWS: profile and region, who is signed in, and what mends it when nobody is."""

from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from workbench.domain.connections import AwsState, IdentityState
from workbench.domain.errors import WorkbenchError
from workbench.ui.settings.command_row import CommandRow
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.shell.remote_phrases import phrase_failure, phrase_state, phrase_who
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label

_SIGNED_OUT = (IdentityState.NONE, IdentityState.EXPIRED)


class AwsSection(QWidget):
    """Names only: keys stay where the AWS tools keep them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._connections = context.services.connections
        self._head = label(role="strong", parent=self)
        self._explanation = label(role="secondary", parent=self, wrap=True)
        self._profile, self._region = self._combo(), self._combo()
        self._profile_label = label(parent=self)
        self._region_label = label(parent=self)
        self._connect = plain_button("", self)
        self._connect.clicked.connect(self._on_connect)
        self._sign_in = plain_button("", self)
        self._sign_in.clicked.connect(self._on_sign_in)
        self._disconnect = plain_button("", self)
        self._disconnect.clicked.connect(self._connections.disconnect)
        self._state = Notice("info", parent=self)
        self._said = Notice("info", parent=self)
        self._said.hide()
        self._command = CommandRow(self)
        self._lay_out()
        context.bridge.identity_changed.connect(self._on_state)
        context.bridge.sign_in_said.connect(self._on_said)

    def read(self) -> None:
        """Show what is chosen, and look for profiles."""
        current = self._context.services.preferences.current
        self._profile.setEditText(current.aws_profile)
        self._region.setEditText(current.aws_region)
        bridge = self._context.bridge
        bridge.follow(self._connections.profiles(), done=self._show_profiles)
        bridge.call(self._context.services.catalogue.regions, done=self._show_regions)
        self._on_state(self._connections.state)

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("Amazon Bedrock"))
        self._explanation.setText(
            self.tr(
                "Workbench asks AWS with a profile of this computer and keeps its name "
                "only, never a key. It asks nothing before you connect."
            )
        )
        self._profile_label.setText(self.tr("AWS profile"))
        self._profile.setAccessibleName(self.tr("AWS profile"))
        profile = self._profile.lineEdit()
        region = self._region.lineEdit()
        if profile is not None and region is not None:
            profile.setAccessibleName(self.tr("Name of the profile"))
            profile.setPlaceholderText(self.tr("default"))
            region.setAccessibleName(self.tr("Name of the region"))
            region.setPlaceholderText(self.tr("that of the profile"))
        self._region_label.setText(self.tr("Region"))
        self._region.setAccessibleName(self.tr("Region"))
        self._sign_in.setText(self.tr("Sign in…"))
        self._disconnect.setText(self.tr("Disconnect"))
        self._command.retranslate()
        self._on_state(self._connections.state)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self._profile_label, self._profile)
        form.addRow(self._region_label, self._region)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._connect, self._sign_in, self._disconnect):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._explanation)
        column.addLayout(form)
        column.addLayout(buttons)
        for part in (self._state, self._said, self._command):
            column.addWidget(part)

    def _combo(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setMinimumWidth(260)
        return combo

    def _show_profiles(self, names: tuple[str, ...]) -> None:
        _fill(self._profile, names)

    def _show_regions(self, names: tuple[str, ...]) -> None:
        _fill(self._region, names)

    def _on_connect(self) -> None:
        self._said.hide()
        self._connections.choose(
            self._profile.currentText(), self._region.currentText()
        )

    def _on_sign_in(self) -> None:
        self._sign_in.setEnabled(False)
        self._context.bridge.follow(
            self._connections.sign_in(), self._on_signed_in, self._on_not_signed_in
        )

    def _on_signed_in(self, identity: object) -> None:
        del identity
        self._sign_in.setEnabled(True)
        self._said.hide()

    def _on_not_signed_in(self, error: WorkbenchError) -> None:
        self._sign_in.setEnabled(True)
        self._said.set_notice("error", phrase_error(error))
        self._command.set_text(str(error.details.get("command", "")))

    def _on_said(self, text: str) -> None:
        self._said.set_notice("info", text)

    def _on_state(self, state: AwsState) -> None:
        """Show who is there; the person's own words stay in the fields."""
        preferences = self._context.services.preferences.current
        is_on = bool(preferences.aws)
        self._connect.setText(self.tr("Check again") if is_on else self.tr("Connect"))
        self._disconnect.setVisible(is_on)
        identity = None if state.practice else state.identity
        signed_out = identity is not None and identity.state in _SIGNED_OUT
        self._sign_in.setVisible(is_on and signed_out)
        self._command.set_text("")
        if state.practice:
            text = self.tr("Practice is on, so AWS is not asked.")
            self._state.set_notice("info", text)
        elif identity is None:
            self._state.set_notice("info", phrase_state(state))
        elif identity.state is IdentityState.OK:
            self._state.set_notice("good", phrase_who(identity))
        else:
            mend = identity.mend
            self._state.set_notice("warning", phrase_failure(state, mend))
            self._command.set_text(mend.command or mend.policy)


def _fill(combo: QComboBox, names: tuple[str, ...]) -> None:
    """Offer names; what stands in the field stays."""
    text = combo.currentText()
    combo.clear()
    combo.addItems(list(names))
    combo.setEditText(text)
