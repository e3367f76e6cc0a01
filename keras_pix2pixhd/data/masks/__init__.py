"""Colour masks to label maps of ids."""
