"""The guided path in the window: its strip, its words and the ring round a control."""
