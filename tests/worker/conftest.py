"""Fixtures: one random model for all tests."""

from pathlib import Path

import pytest
import torch

from tests.worker.helpers import save_model


def pytest_configure(config: pytest.Config) -> None:
    """Pass over what peft and trl still call by the old names of transformers 5.23."""
    for name in ("is_gradient_checkpointing", "gradient_checkpointing"):
        config.addinivalue_line(
            "filterwarnings", f"ignore:.?{name}.? is deprecated:FutureWarning"
        )


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder whose path holds blanks and Japanese."""
    return save_model(tmp_path_factory.mktemp("models") / "小さな モデル")


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Keep the tests light beside other work."""
    torch.set_num_threads(1)
