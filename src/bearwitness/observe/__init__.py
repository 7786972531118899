"""One exhibit: what it shows, by a named method. Recorded as observations; never written over."""
