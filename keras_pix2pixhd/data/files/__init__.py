"""Listing, opening and decoding files, of any format."""
