"""The window: the only package besides `app` that knows Qt."""
