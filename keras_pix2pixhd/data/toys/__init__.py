"""Drawn toy cars: scenes, and a data folder of them."""
