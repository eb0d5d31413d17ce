"""The tour: drives the window itself through the whole loop, as a person would.

It finds visible widgets by their accessible names and uses mouse and key events only,
so a button that lost its connection makes it fail. Figures in its report are read from
the project file afterwards, through the services.
"""
