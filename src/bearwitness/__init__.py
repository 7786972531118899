"""Bearwitness: from a folder of evidence to a briefing that refuses what it cannot ground.

One direction: take in -> seal -> observe -> link -> reason -> tell. Each is a package named by its verb
and imports only what stands under it:

    cli | web  >  tell  >  reason  >  link  >  observe  >  seal  >  intake  >  model  >  errors

The placing rule: `observe` speaks of one exhibit, `link` of two or more, `reason` of the world, `tell` to a
reader. This module imports nothing, so that `bearwitness --help` starts fast.
"""

__version__ = "0.1.0"
