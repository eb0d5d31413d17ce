"""References to models: enough to find one again, nothing secret."""

import dataclasses
import enum


class ModelKind(enum.StrEnum):
    """Where a model runs."""

    BUILTIN = "builtin"
    LOCAL = "local"
    BEDROCK = "bedrock"
    OPENAI = "openai"


PRACTICE = "practice"
"""The region of practice models: no answer of theirs can pass for one of AWS."""


@dataclasses.dataclass(frozen=True, slots=True)
class ModelRef:
    """One model, with or without an adapter, as trials and runs name it.

    Attributes:
        kind: where it runs.
        name: what the window shows, e.g. ``"Built-in toy"``.
        path: folder of a local model, id or ARN of one on Bedrock, id of one of an
            OpenAI-compatible endpoint; empty for the built-in one.
        adapter_ulid: ULID of the registered adapter that is switched on, ``path:`` and
            the folder of one that belongs to no project, or empty.
        adapter_name: what the window shows for the adapter.
        region: where a model on Bedrock is asked, empty takes the connection's, and
            `PRACTICE` the practice server; ULID of the endpoint of an
            OpenAI-compatible one.
    """

    kind: ModelKind = ModelKind.BUILTIN
    name: str = "Built-in toy"
    path: str = ""
    adapter_ulid: str = ""
    adapter_name: str = ""
    region: str = ""

    @property
    def base(self) -> "ModelRef":
        """The same model with its adapter switched off."""
        return dataclasses.replace(self, adapter_ulid="", adapter_name="")

    @property
    def key(self) -> str:
        """Stable text that tells two models apart, for grouping and filtering."""
        parts = (self.kind.value, self.path, self.adapter_ulid, self.region)
        return "|".join(part for part in parts if part)

    @property
    def is_practice(self) -> bool:
        """True when a server on this computer answers in place of Bedrock."""
        return self.kind is ModelKind.BEDROCK and self.region == PRACTICE

    @property
    def label(self) -> str:
        """Name for lists: the model's, with the adapter's behind a plus sign.

        A practice model never goes without its mark.
        """
        if self.is_practice:
            return f"{self.name} (SANDBOX)"
        return f"{self.name} + {self.adapter_name}" if self.adapter_ulid else self.name


_FOLDER = "path:"


def folder_adapter(base: ModelRef, folder: str) -> ModelRef:
    """Return a model with an adapter that lies in a folder and is in no project."""
    name = folder.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return dataclasses.replace(base, adapter_ulid=_FOLDER + folder, adapter_name=name)


def adapter_folder(adapter_ulid: str) -> str:
    """Return the folder of such an adapter, empty for a registered one."""
    found = adapter_ulid.startswith(_FOLDER)
    return adapter_ulid.removeprefix(_FOLDER) if found else ""


BUILTIN_MODEL = ModelRef()
