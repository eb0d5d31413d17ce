"""Fixtures: one random model for all tests."""

from pathlib import Path

import pytest
import torch

from tests.worker.helpers import save_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder whose path holds blanks and Japanese."""
    return save_model(tmp_path_factory.mktemp("models") / "小さな モデル")


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> None:
    """Keep the tests light beside other work."""
    torch.set_num_threads(1)
