"""How a request to a model is shaped, from what the table says the model can do.

Unknown is offered: a parameter that a model may not take is sent, and its refusal is
shown, where leaving it out would silently be another question.
"""

from workbench.domain.capabilities import Capabilities, Support
from workbench.domain.capabilities import ReasoningStyle as Known
from workbench.domain.remote import ReasoningStyle, RequestStyle

_REASONING = {
    Known.NONE: ReasoningStyle.NONE,
    Known.BUDGET: ReasoningStyle.ANTHROPIC_BUDGET,
    Known.ADAPTIVE: ReasoningStyle.ANTHROPIC_ADAPTIVE,
    Known.EFFORT: ReasoningStyle.NOVA,
    Known.ALWAYS: ReasoningStyle.NONE,
    Known.UNKNOWN: ReasoningStyle.NONE,
}


def style_of(can: Capabilities, *, streaming: bool | None = None) -> RequestStyle:
    """Return how a model is asked.

    Args:
        can: what the table says of it.
        streaming: what the account's list says of it, None when unknown.
    """
    takes_temperature = can.temperature.support is not Support.NO
    return RequestStyle(
        reasoning=_REASONING[can.reasoning.style],
        streams=streaming is not False,
        system=can.system is not Support.NO,
        sampling=takes_temperature or can.top_p.support is not Support.NO,
        both_sampling=can.both_sampling is not Support.NO,
        stop_sequences=can.stop_sequences is not Support.NO,
        # A mark or a schema that a model does not know fails the whole call.
        caching=can.caching.support is Support.YES,
        json_schema=can.structured_output is Support.YES,
        images=can.images is not Support.NO,
        documents=can.documents is not Support.NO,
    )
