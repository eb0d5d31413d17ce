"""Answers to a few pinned rows while the adapter is being trained (REQ-U3)."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.worker.decode import Options, RowAnswer, answer
from workbench.worker.protocol import EventType, PreparedLine, RunConfig
from workbench.worker.rows import VALIDATION, read_rows
from workbench.worker.run_dir import RunState
from workbench.worker.tokens import stop_ids

if TYPE_CHECKING:
    import torch
    from peft import PeftModel
    from transformers import PreTrainedTokenizerBase


@dataclasses.dataclass(slots=True)
class InTraining:
    """The model in training, as `decode` wants to see it."""

    network: Any
    tokenizer: "PreTrainedTokenizerBase"
    stops: tuple[int, ...]
    device: "torch.device"

    @classmethod
    def of(
        cls,
        config: RunConfig,
        model: "PeftModel",
        tokenizer: "PreTrainedTokenizerBase",
    ) -> "InTraining":
        """Return the model with what answers need."""
        stops = stop_ids(tokenizer, Path(config.model_path))
        return cls(model.get_base_model(), tokenizer, stops, model.device)


class PinnedRows:
    """The first validation rows, answered again after each evaluation."""

    def __init__(
        self,
        state: RunState,
        config: RunConfig,
        model: "PeftModel",
        tokenizer: "PreTrainedTokenizerBase",
        lines: list[PreparedLine],
    ) -> None:
        """Choose the rows and look up their texts."""
        settings = config.settings
        rows = [line for line in lines if line["split"] == VALIDATION]
        self._rows = rows[: settings.samples]
        self._options = Options(max_new_tokens=settings.sample_tokens)
        self._texts = {
            row.number: (row.prompt[-1]["content"], row.completion[0]["content"])
            for row in read_rows(config.data, state.directory)
            if row.bad is None
        }
        self._state = state
        self._model = model
        self._answerer = InTraining.of(config, model, tokenizer)

    def __call__(self, step: int) -> None:
        """Write one `sample` event per row."""
        if not self._rows or self._state.stop is not None:
            return
        was_training = self._model.training
        self._model.eval()
        prompts = [line["input_ids"][: line["prompt_tokens"]] for line in self._rows]
        answers = [
            RowAnswer(self._answerer, prompt, self._options, lambda _: None)
            for prompt in prompts
        ]
        answer(self._answerer, answers, lambda: self._state.stop is not None)
        self._model.train(was_training)
        for line, one in zip(self._rows, answers, strict=True):
            asked, reference = self._texts[line["row"]]
            self._state.events.write(
                EventType.SAMPLE,
                step=step,
                row=line["id"],
                input=asked,
                answer=one.text,
                reference=reference,
            )
