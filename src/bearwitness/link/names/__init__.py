"""Names of people, compared across scripts and hands.

`parse` takes a cell apart, `normal` folds a part inside its script, `skeleton` makes parts of all scripts comparable,
`likeness` and `likeness_many` measure two parts, `same_name` two names. `Frequencies` says how rare a part is, `Variants`
which spellings the lists themselves show to be one name.
"""
from bearwitness.link.names.frequencies import Frequencies
from bearwitness.link.names.likeness import likeness, likeness_many
from bearwitness.link.names.normal import normal
from bearwitness.link.names.parse import parse
from bearwitness.link.names.parts import Kind, Name
from bearwitness.link.names.same import Sameness, same_name
from bearwitness.link.names.same_many import same_many
from bearwitness.link.names.sounds import skeleton, skeletons, sounds
from bearwitness.link.names.variants import Variants

__all__ = ["Frequencies", "Kind", "Name", "Sameness", "Variants", "likeness", "likeness_many", "normal", "parse",
           "same_many", "same_name", "skeleton", "skeletons", "sounds"]
