"""The class tables of well-known data sets."""
