"""OpenAI-compatible endpoints: Ollama, vLLM, LM Studio and their like."""

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.domain.errors import WorkbenchError
from workbench.domain.remote_ports import FoundServer
from workbench.ui.settings.endpoint_row import EndpointRow
from workbench.ui.shell.context import Context
from workbench.ui.shell.phrases import phrase_error
from workbench.ui.shell.weak import weak_slot
from workbench.ui.widgets.buttons import plain_button
from workbench.ui.widgets.notice import Notice
from workbench.ui.widgets.section_label import label


class EndpointsSection(QWidget):
    """Adds, tests, finds and removes endpoints."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the section."""
        super().__init__(parent)
        self._context = context
        self._endpoints = context.services.endpoints
        self._head = label(role="strong", parent=self)
        self._explanation = label(role="secondary", parent=self, wrap=True)
        self._rows: dict[str, EndpointRow] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._name, self._url, self._key = (QLineEdit(self) for _ in range(3))
        self._key.setEchoMode(QLineEdit.EchoMode.Password)
        self._labels = tuple(label(parent=self) for _ in range(3))
        self._add = plain_button("", self)
        self._add.clicked.connect(self._on_add)
        self._find = plain_button("", self)
        self._find.clicked.connect(self._on_find)
        self._notice = Notice("info", parent=self)
        self._notice.hide()
        self._lay_out()
        context.bridge.models_changed.connect(self._show_rows)

    def read(self) -> None:
        """Show the endpoints."""
        self._show_rows()

    def retranslate(self) -> None:
        """Say everything in the current language."""
        self._head.setText(self.tr("Other servers"))
        self._explanation.setText(
            self.tr(
                "Servers that speak OpenAI's protocol: Ollama, vLLM, LM Studio and "
                "others. A key is kept in this system's keyring and nowhere else."
            )
        )
        names = (self.tr("Name"), self.tr("Address"), self.tr("Key"))
        fields = (self._name, self._url, self._key)
        for field, caption, name in zip(fields, self._labels, names, strict=True):
            caption.setText(name)
            field.setAccessibleName(self.tr("{field} of the server").format(field=name))
        self._name.setPlaceholderText(self.tr("as you like"))
        self._url.setPlaceholderText("http://localhost:11434")
        self._key.setPlaceholderText(self.tr("only when the server asks for one"))
        self._add.setText(self.tr("Add the server"))
        self._find.setText(self.tr("Look on this computer"))
        for row in self._rows.values():
            row.retranslate()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields = (self._name, self._url, self._key)
        for caption, field in zip(self._labels, fields, strict=True):
            form.addRow(caption, field)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._add)
        buttons.addWidget(self._find)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._head)
        column.addWidget(self._explanation)
        column.addLayout(self._list)
        column.addLayout(form)
        column.addLayout(buttons)
        column.addWidget(self._notice)

    def _on_add(self) -> None:
        try:
            job = self._endpoints.add(
                self._name.text(), self._url.text(), self._key.text()
            )
        except WorkbenchError as error:
            self._on_failed(error)
            return
        self._add.setEnabled(False)
        self._notice.set_notice("info", self.tr("Asking the server…"))
        self._context.bridge.follow(job, self._on_added, self._on_failed)

    def _on_added(self, models: tuple[object, ...]) -> None:
        self._add.setEnabled(True)
        for field in (self._name, self._url, self._key):
            field.clear()
        text = self.tr("Added. %n model(s) can be chosen in the Lab.", "", len(models))
        self._notice.set_notice("good", text)

    def _on_failed(self, error: WorkbenchError) -> None:
        self._add.setEnabled(True)
        self._notice.set_notice("error", phrase_error(error))

    def _on_find(self) -> None:
        self._find.setEnabled(False)
        self._notice.set_notice("info", self.tr("Looking…"))
        self._context.bridge.follow(
            self._endpoints.discover(), self._on_found, self._on_not_found
        )

    def _on_found(self, found: tuple[FoundServer, ...]) -> None:
        self._find.setEnabled(True)
        wants_key = [each for each in found if each.endpoint.wants_key]
        for server in found:
            if not server.endpoint.wants_key:
                self._endpoints.take(server)
        if wants_key:
            self._url.setText(wants_key[0].endpoint.url)
            text = self.tr("{name} was found and asks for a key. Type it above.")
            name = wants_key[0].endpoint.name
            self._notice.set_notice("warning", text.format(name=name))
        elif found:
            text = self.tr("%n server(s) found and added.", "", len(found))
            self._notice.set_notice("good", text)
        else:
            text = self.tr("No further server answers on this computer.")
            self._notice.set_notice("info", text)

    def _on_not_found(self, error: WorkbenchError) -> None:
        self._find.setEnabled(True)
        self._on_failed(error)

    def _show_rows(self) -> None:
        wanted = {endpoint.ulid: endpoint for endpoint in self._endpoints.all()}
        for ulid in [known for known in self._rows if known not in wanted]:
            row = self._rows.pop(ulid)
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        for ulid, endpoint in wanted.items():
            if ulid not in self._rows:
                row = EndpointRow(endpoint, self)
                row.test_clicked.connect(weak_slot(self._test, ulid))
                row.remove_clicked.connect(weak_slot(self._remove, ulid))
                self._rows[ulid] = row
                self._list.addWidget(row)

    def _test(self, ulid: str) -> None:
        row = self._rows[ulid]
        self._context.bridge.follow(
            self._endpoints.test(ulid), row.set_models, row.set_problem
        )

    def _remove(self, ulid: str) -> None:
        self._context.bridge.follow(
            self._endpoints.remove(ulid), failed=self._on_failed
        )
