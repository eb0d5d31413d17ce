"""Main window, navigation, theme, translation and what else every page stands in."""
