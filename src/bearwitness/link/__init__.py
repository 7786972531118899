"""Exhibit to exhibit: what is held against what. Here, for now: who depends on whom, and how far apart."""
