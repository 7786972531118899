"""The drawings of a report: vectors with a text twin, drawn from plain values, offline and deterministic."""
from bearwitness.tell.figures.card import claim_card
from bearwitness.tell.figures.casualties import casualties
from bearwitness.tell.figures.locator import map_of
from bearwitness.tell.figures.matrix import SYMBOLS, matrix
from bearwitness.tell.figures.timeline import timeline
from bearwitness.tell.figures.values import LANES, Bar, Cell, Moment, Strike

__all__ = ["LANES", "SYMBOLS", "Bar", "Cell", "Moment", "Strike", "casualties", "claim_card", "map_of",
           "matrix", "timeline"]
