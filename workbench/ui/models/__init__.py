"""Item models over paged queries."""
