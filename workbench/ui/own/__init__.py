"""The dialog that makes a project of ten examples of the person's own."""
