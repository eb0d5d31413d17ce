"""Many inputs, versions and models at once: the sheet behind "Run all inputs"."""
