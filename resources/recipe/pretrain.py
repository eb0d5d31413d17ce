"""Pretrain the toy from scratch on this computer's processor.

Two one-thread processes share each step through gloo (two OpenMP threads in one
process stalled on busy cores). Episodes, schedule and initial weights depend on the
seed and the number of pools alone, so a run can be repeated. After each few pools a
checkpoint is written; a second start with the same folder goes on from there, with
the same result as a run that was not interrupted. With a graphics card one process
uses it instead.
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.distributed as dist
from tokenizers import Tokenizer
from torch.multiprocessing.spawn import spawn
from torch.nn import functional
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM

from batches import Batch, batches_of
from tokenizer import END_ID, PAD_ID, VOCABULARY, train_tokenizer

log = logging.getLogger("pretrain")

# Each of the two processes draws this many pools: about 42 million tokens in all.
POOLS = 325
# Share of the pools with the full learning rate; then it falls to zero.
FLAT = 0.7


@dataclass(frozen=True)
class Options:
    """What a run is started with."""

    out: Path
    pools: int
    workers: int
    budget: int
    seed: int
    matrix_rate: float
    other_rate: float
    save_pools: int
    precision: str
    device: str


@dataclass
class State:
    """What changes while it runs."""

    pool: int = 0
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    losses: list[float] = field(default_factory=list)


def new_model(seed: int) -> LlamaForCausalLM:
    """A stock Llama of 4.0 million parameters."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=256,
        intermediate_size=704,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=2048,
        tie_word_embeddings=True,
        pad_token_id=PAD_ID,
        bos_token_id=None,
        eos_token_id=END_ID,
        rope_parameters={"rope_type": "default", "rope_theta": 100_000.0},
    )
    model = LlamaForCausalLM(config)
    # Four heads on a processor: 1.4 times faster than scaled_dot_product_attention.
    model.set_attn_implementation("eager")
    return model


def make_optimizers(
    model: LlamaForCausalLM, options: Options
) -> list[torch.optim.Optimizer]:
    """Muon for the matrices inside the layers, AdamW for all else."""
    matrices = [p for p in model.model.layers.parameters() if p.ndim == 2]
    inner = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in inner]
    return [
        torch.optim.Muon(matrices, lr=options.matrix_rate, weight_decay=0.01),
        torch.optim.AdamW(
            others, lr=options.other_rate, betas=(0.9, 0.98), weight_decay=0.0
        ),
    ]


def rate_factor(progress: float, step: int) -> float:
    """Short warm-up by steps, then flat, then down to zero by progress (0 to 1)."""
    warm = min(1.0, (step + 1) / 40)
    if progress < FLAT:
        return warm
    return (
        warm * 0.5 * (1 + math.cos(math.pi * min(1.0, (progress - FLAT) / (1 - FLAT))))
    )


def weighted_loss(
    model: LlamaForCausalLM, batch: Batch, precision: str
) -> torch.Tensor:
    """Cross-entropy over the weighted tokens only; the head sees no others."""
    device = batch.inputs.device.type
    with torch.autocast(device, torch.bfloat16, enabled=precision == "bf16"):
        hidden = model.model(input_ids=batch.inputs, use_cache=False)[0]
        chosen = batch.weights > 0
        logits = model.lm_head(hidden[chosen])
    losses = functional.cross_entropy(
        logits.float(), batch.targets[chosen], reduction="none"
    )
    weights = batch.weights[chosen]
    return (losses * weights).sum() / weights.sum().clamp(min=1.0)


def share_gradients(model: LlamaForCausalLM, workers: int) -> None:
    """Average all gradients in one message."""
    if workers == 1:
        return
    grads = [p.grad for p in model.parameters() if p.grad is not None]
    flat = torch.cat([g.reshape(-1) for g in grads])
    dist.all_reduce(flat)
    flat /= workers
    offset = 0
    for grad in grads:
        grad.copy_(flat[offset : offset + grad.numel()].view_as(grad))
        offset += grad.numel()


def save_checkpoint(
    path: Path,
    model: LlamaForCausalLM,
    optimizers: list[torch.optim.Optimizer],
    state: State,
) -> None:
    """Write a checkpoint beside the old one, then replace it."""
    payload = {
        "model": model.state_dict(),
        "optimizers": [o.state_dict() for o in optimizers],
        "pool": state.pool,
        "step": state.step,
        "tokens": state.tokens,
        "seconds": state.seconds,
    }
    fresh = path.with_suffix(".new")
    torch.save(payload, fresh)
    fresh.replace(path)


def load_checkpoint(
    path: Path, model: LlamaForCausalLM, optimizers: list[torch.optim.Optimizer]
) -> State:
    """Continue from a checkpoint, or start fresh where there is none."""
    if not path.exists():
        return State()
    payload = torch.load(path, weights_only=True, map_location="cpu")
    model.load_state_dict(payload["model"])
    for optimizer, saved in zip(optimizers, payload["optimizers"], strict=True):
        optimizer.load_state_dict(saved)
    names = ("pool", "step", "tokens", "seconds")
    return State(*(payload[name] for name in names))


def export(model: LlamaForCausalLM, out: Path) -> None:
    """Save the model folder in bf16 with greedy decoding as its default."""
    copy = new_model(0)
    copy.load_state_dict(model.state_dict())
    copy.generation_config = GenerationConfig(
        do_sample=False, eos_token_id=END_ID, pad_token_id=PAD_ID, max_new_tokens=96
    )
    copy.to(torch.bfloat16).save_pretrained(out)


def train_step(
    model: LlamaForCausalLM,
    optimizers: list[torch.optim.Optimizer],
    batch: Batch,
    options: Options,
    factor: float,
) -> float:
    """One forward, backward and update; returns the loss."""
    for optimizer, rate in zip(
        optimizers, (options.matrix_rate, options.other_rate), strict=True
    ):
        optimizer.param_groups[0]["lr"] = rate * factor
        optimizer.zero_grad(set_to_none=True)
    loss = weighted_loss(model, batch, options.precision)
    loss.backward()
    share_gradients(model, options.workers)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    for optimizer in optimizers:
        optimizer.step()
    return float(loss.item())


def report(state: State, factor: float, started: float, first_tokens: int) -> None:
    """Log progress and throughput."""
    speed = (state.tokens - first_tokens) / max(1e-9, time.monotonic() - started)
    mean = sum(state.losses) / len(state.losses)
    state.losses.clear()
    log.info(
        "step %d  %.2f M tokens  %.1f min  loss %.4f  rate x%.3f  %.0f tokens/s",
        *(state.step, state.tokens / 1e6, state.seconds / 60, mean, factor, speed),
    )


def exchange_batch_counts(count: int, workers: int) -> int:
    """The smallest number of batches that any process cut from its pool."""
    if workers == 1:
        return count
    value = torch.tensor([count])
    dist.all_reduce(value, dist.ReduceOp.MIN)
    return int(value)


class Worker:
    """One process of the run: its own episodes, shared gradients."""

    def __init__(self, rank: int, options: Options) -> None:
        """Make the model or continue from the checkpoint."""
        self._rank, self._options = rank, options
        self._checkpoint = options.out / "checkpoint.pt"
        self._model = new_model(options.seed)
        self._optimizers = make_optimizers(self._model, options)
        self._state = load_checkpoint(self._checkpoint, self._model, self._optimizers)
        self._model.to(options.device)
        self._earlier, self._first_tokens = self._state.seconds, self._state.tokens
        self._started = time.monotonic()

    def run(self, until: int | None = None) -> None:
        """Train on all pools, or until this one, then export the model."""
        options, state = self._options, self._state
        bpe = Tokenizer.from_file(str(options.out / "tokenizer.json"))
        seed = options.seed * 1000 + self._rank
        last = options.pools if until is None else until
        while state.pool < last:
            batches = batches_of(state.pool, seed, bpe, options.budget)
            count = exchange_batch_counts(len(batches), options.workers)
            for index, batch in enumerate(batches[:count]):
                progress = (state.pool + index / count) / options.pools
                self._learn(batch, rate_factor(progress, state.step))
            state.pool += 1
            if state.pool % options.save_pools == 0:
                self._save()
        if self._rank == 0:
            export(self._model, options.out)
            log.info("finished: %d steps, %d tokens", state.step, state.tokens)

    def _learn(self, batch: Batch, factor: float) -> None:
        state, options = self._state, self._options
        batch = batch.to(options.device)
        loss = train_step(self._model, self._optimizers, batch, options, factor)
        state.losses.append(loss)
        state.step += 1
        state.tokens += batch.inputs.numel() * options.workers
        state.seconds = self._earlier + time.monotonic() - self._started
        if self._rank == 0 and state.step % 20 == 0:
            report(state, factor, self._started, self._first_tokens)

    def _save(self) -> None:
        if self._rank == 0:
            optimizers = self._optimizers
            save_checkpoint(self._checkpoint, self._model, optimizers, self._state)


def run_worker(rank: int, options: Options) -> None:
    """Set one process up, run it, and part from the others."""
    torch.set_num_threads(1)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    if options.workers == 1:
        Worker(rank, options).run()
        return
    meeting = f"file://{(options.out / 'meeting').resolve()}"
    dist.init_process_group(
        "gloo", init_method=meeting, rank=rank, world_size=options.workers
    )
    Worker(rank, options).run()
    dist.barrier()
    dist.destroy_process_group()


def parse_options() -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pools", type=int, default=POOLS, help="of 320 episodes")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--budget", type=int, default=5120, help="tokens per process")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--matrix-rate", type=float, default=0.02)
    parser.add_argument("--other-rate", type=float, default=0.004)
    parser.add_argument("--save-pools", type=int, default=8)
    parser.add_argument("--precision", choices=("bf16", "fp32"), default="bf16")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda with --workers 1")
    return Options(**vars(parser.parse_args()))


def main() -> None:
    """Train the tokenizer when there is none, then the model."""
    options = parse_options()
    options.out.mkdir(parents=True, exist_ok=True)
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    if not (options.out / "tokenizer.json").exists():
        train_tokenizer(options.seed).save_pretrained(options.out)
    (options.out / "meeting").unlink(missing_ok=True)
    if options.workers == 1:
        run_worker(0, options)
    else:
        spawn(run_worker, args=(options,), nprocs=options.workers)


if __name__ == "__main__":
    main()
