"""The refusals: each rule looks at one stretch of a draft and yields what it says too much, or too little.

Every rule is a function `(Stretch) -> Iterable[Fault]`. Rules of one kind share a module. A rule knows its
code, the reason, the mend, and where it can the sentence that can be said. What each code means, why, and
from which instrument, is data: rules/refusals.toml.
"""
