"""Who is who in casualty lists: candidate pairs, weights with reasons, persons, and the range that doubt leaves.

Families die together: father, family name, place and day are then shared by brothers and sisters who are different
people. So a pair is not only *same* or *different* here. It may also be two of one family killed together, two of one
family killed apart, two strangers killed by one strike, or two people of one name (`kinds.py`). What each field says
is learned from the lists themselves (`learn.py`), with no labels; persons are decided over whole groups of rows, not
pair by pair (`joint.py`).

The order of lists, of rows and of judgements changes nothing: everything is computed from what the rows say.
"""
