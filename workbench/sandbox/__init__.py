"""A local stand-in for Amazon Bedrock, at wire level.

`Sandbox` answers the real HTTP of the AWS services on this computer, so that the
program, and any other client of AWS, can be practised and tested without an account.
It says SANDBOX wherever AWS's shapes leave room: in a header of every reply, in the
names of providers, in the caller's identity. The answers themselves are the model's.
"""

from workbench.sandbox.answers import (
    Answer,
    Question,
    Reasoning,
    Script,
    Text,
    ToolUse,
    Usage,
)
from workbench.sandbox.pace import Pace
from workbench.sandbox.script_file import Scripted, load
from workbench.sandbox.server import Credentials, Sandbox
from workbench.sandbox.serving import environment, serve

__all__ = [
    "Answer",
    "Credentials",
    "Pace",
    "Question",
    "Reasoning",
    "Sandbox",
    "Script",
    "Scripted",
    "Text",
    "ToolUse",
    "Usage",
    "environment",
    "load",
    "serve",
]
