"""Drawings: plots and maps as plain numbers, for templates to draw."""
