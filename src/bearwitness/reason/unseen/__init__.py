"""How many people no list names: models fitted to the overlaps of lists, and what they do not carry.

The room of one question. `histories` holds the table, `reading` gets it from a file, `grounds` refuses where no
estimate stands; `loglinear`, `hierarchy` and `latent` are the models; `survey` runs them all and says where they
disagree. An estimate is a statement about lists. It is never added to a tally, and never printed alone.
"""
