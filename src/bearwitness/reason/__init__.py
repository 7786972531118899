"""Exhibits to the world: tallies, claims tested, findings and their levels, what disagrees."""
