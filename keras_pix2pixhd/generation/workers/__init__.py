"""Processes of one machine that paint a folder together."""
