"""Casualty lists as others deliver them, read into columns. `read_roll` is the way in."""
from bearwitness.intake.lists.read import read_roll

__all__ = ["read_roll"]
