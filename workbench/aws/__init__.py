"""Amazon Web Services: the only package that imports boto3.

This half asks models on Amazon Bedrock: `Sessions` makes clients, `BedrockGenerator`
implements `TextGenerator`, `Identities` tells who is signed in.
"""
