"""The law as data: which instrument binds, the ladder of an attack on an object, elements held against records."""
