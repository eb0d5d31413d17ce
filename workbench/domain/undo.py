"""What can be undone and redone, as codes the window phrases."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class UndoState:
    """Labels of the next steps of the persisted command log.

    Attributes:
        undo_label: code of the step that undo would take back, or empty.
        undo_count: number of records that step touched.
        redo_label: code of the step that redo would do again, or empty.
        redo_count: number of records that step touched.
    """

    undo_label: str = ""
    undo_count: int = 0
    redo_label: str = ""
    redo_count: int = 0
