"""States of long work, the same for calls, imports, comparisons and training."""

import dataclasses
import enum


class JobState(enum.StrEnum):
    """Where a job stands; cancelled is never failed, lost means "we no longer know"."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"

    @property
    def is_final(self) -> bool:
        """True when the state never changes again."""
        return self in {JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED}

    @property
    def is_active(self) -> bool:
        """True while something is or will be running."""
        return self in {JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING}


class JobKind(enum.StrEnum):
    """What a job does."""

    ANSWER = "answer"
    IMPORT = "import"
    EXPORT = "export"
    PREPARE = "prepare"
    TRAIN = "train"
    COMPARE = "compare"
    COPY = "copy"
    PROBE = "probe"
    """A short look at the outside, which nobody waits for or has to stop."""
    OTHER = "other"


@dataclasses.dataclass(frozen=True, slots=True)
class JobSnapshot:
    """A job at one moment, as the job strip shows it.

    Attributes:
        subject: ULID of the record it works on (run, comparison, trial), or empty.
        done: units finished; with `total` the progress.
        seconds_left: estimate, or None when unknown.
        error_code: stable code when it failed.
        error_text: English sentence when it failed.
    """

    ulid: str
    kind: JobKind
    title: str
    state: JobState
    subject: str = ""
    done: int = 0
    total: int = 0
    seconds_left: float | None = None
    error_code: str = ""
    error_text: str = ""
