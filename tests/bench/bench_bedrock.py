"""Fifty streams of 400 tokens at once, against bare boto3 threads on the same server.

bench_bedrock.py [--rounds 9] [--streams 50] [--tokens 400] [--rate 0]

The server is the sandbox in a process of its own. Both sides use one client with its
pool of connections, warm; they take turns, and who begins a round takes turns too.
`--rate` paces the server's tokens per second and stream; 0 sends as fast as it can, the
hardest case: nothing but the clients' own work is measured.
"""

import argparse
import contextlib
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.bench.harness import Bench, at_least, median, say
from workbench.aws.runtime import BedrockGenerator
from workbench.aws.session import Sessions
from workbench.domain.connections import AwsConnection, StaticCredentials
from workbench.domain.generation import GenerationRequest, StopSignal
from workbench.domain.models import ModelKind, ModelRef
from workbench.domain.parameters import GenerationParameters
from workbench.domain.prompts import Message, Role
from workbench.sandbox import Answer, Pace, Sandbox, Text

MODEL = ModelRef(ModelKind.BEDROCK, "Nova Lite", "amazon.nova-lite-v1:0")
ASKED = [{"role": "user", "content": [{"text": "Hello"}]}]
Side = Callable[[], int]


def main() -> int:
    """Take turns and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--streams", type=int, default=50)
    parser.add_argument("--tokens", type=int, default=400)
    parser.add_argument("--rate", type=float, default=0.0)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.serve:
        return serve(chosen.tokens, chosen.rate)
    bench = Bench("bedrock")
    with server(chosen.tokens, chosen.rate) as (sessions, connection):
        sides = {
            "bare": bare(sessions, connection),
            "ours": ours(BedrockGenerator(sessions, lambda: connection)),
        }
        for side in sides.values():
            throughput(side, chosen.streams, chosen.tokens)
        for number in range(chosen.rounds):
            turn(bench, sides, number, chosen)
        sessions.close()
    for name in sides:
        bench.figure(f"{name}_tokens_per_s", of=name, at=median, unit="tokens/s")
    bench.figure("ratio", of="ratio", at=median, unit="1", goal=at_least(0.95))
    # Of the processor, which other programs disturb less than the clock.
    bench.figure("processor_time_ratio", of="work", at=median, unit="1")
    return bench.finish()


def turn(
    bench: Bench, sides: dict[str, Side], number: int, chosen: argparse.Namespace
) -> None:
    """Measure both sides, close to each other in time."""
    order = list(sides) if number % 2 else list(reversed(sides))
    measured: dict[str, float] = {}
    work: dict[str, float] = {}
    for name in order:
        begun = time.process_time()
        measured[name] = throughput(sides[name], chosen.streams, chosen.tokens)
        work[name] = time.process_time() - begun
        bench.record(name, measured[name], unit="tokens/s")
    ratio = measured["ours"] / measured["bare"]
    bench.record("ratio", ratio, unit="1")
    bench.record("work", work["ours"] / work["bare"], unit="1")
    say(f"round {number + 1}: {measured['bare']:.0f} bare, {ratio:.3f} of it ours")


def throughput(side: Side, streams: int, tokens: int) -> float:
    """Run a side on as many threads and return tokens per second of all."""
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(side())) for _ in range(streams)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    assert counts == [tokens] * streams, f"tokens were lost: {counts}"
    return streams * tokens / seconds


def bare(sessions: Sessions, connection: AwsConnection) -> Side:
    """boto3 as its guide shows it; a client as ours, without what watches it."""
    client = sessions.session(connection).client(
        "bedrock-runtime",
        endpoint_url=connection.endpoint,
        config=sessions.client(connection, "bedrock-runtime").meta.config,
    )

    def side() -> int:
        reply: Any = client.converse_stream(modelId=MODEL.path, messages=ASKED)
        texts = [
            event["contentBlockDelta"]["delta"]["text"]
            for event in reply["stream"]
            if "contentBlockDelta" in event
        ]
        return len(texts)

    return side


def ours(generator: BedrockGenerator) -> Side:
    """The generator as the Lab calls it."""
    request = GenerationRequest(
        MODEL, (Message(Role.USER, "Hello"),), GenerationParameters()
    )

    def side() -> int:
        texts: list[str] = []
        generator.generate(request, texts.append, StopSignal())
        return len(texts)

    return side


@contextlib.contextmanager
def server(tokens: int, rate: float) -> Iterator[tuple[Sessions, AwsConnection]]:
    """Start the sandbox in a process of its own; it ends with this one."""
    words = [sys.executable, __file__, "--serve"]
    numbers = ["--tokens", str(tokens), "--rate", str(rate)]
    with subprocess.Popen(
        [*words, *numbers],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as child:
        assert child.stdout is not None
        told = json.loads(child.stdout.readline())
        sessions = Sessions()
        keys = StaticCredentials(told["key_id"], told["secret"])
        sessions.use_practice(told["endpoint"], keys)
        yield sessions, AwsConnection(region="us-east-1", endpoint=told["endpoint"])
        # Leaving closes its standard input, and that ends it.


def serve(tokens: int, rate: float) -> int:
    """Be the server until standard input ends."""
    pieces = tuple(f" word{number}" for number in range(tokens))
    answer = Answer((Text("".join(pieces), pieces),))
    pace = Pace(tokens_per_second=rate)
    with Sandbox(script=lambda _: answer, pace=pace) as sandbox:
        told = {
            "endpoint": sandbox.endpoint,
            "key_id": sandbox.credentials.access_key_id,
            "secret": sandbox.credentials.secret_access_key,
        }
        print(json.dumps(told, ensure_ascii=False), flush=True)
        sys.stdin.read()
    return 0


if __name__ == "__main__":
    sys.exit(main())
