"""The Lab: write a prompt, try it, keep every answer."""
