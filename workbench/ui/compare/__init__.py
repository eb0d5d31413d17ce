"""The compare page: base and tuned answers to the records set aside for the test."""
