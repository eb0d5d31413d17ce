"""How fast the sandbox answers."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Pace:
    """How fast the sandbox answers; may be changed while it runs.

    Attributes:
        latency: seconds before the first byte of every reply.
        tokens_per_second: rate of a stream's tokens, 0 for as fast as possible. A
            delta counts as one token; an answer in one piece waits for all its tokens.
        chunk_bytes: splits streams into HTTP chunks of this many bytes, which cuts
            frames and UTF-8 sequences anywhere; 0 sends a chunk per frame.
        frames_per_write: frames given to the network at once when unthrottled.
    """

    latency: float = 0.0
    tokens_per_second: float = 0.0
    chunk_bytes: int = 0
    frames_per_write: int = 1

    def seconds_for(self, tokens: float) -> float:
        """Return how long this many tokens take."""
        return tokens / self.tokens_per_second if self.tokens_per_second > 0 else 0.0
