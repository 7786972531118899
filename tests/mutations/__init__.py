"""Sound sentences made unsound in one named way each, and sound ones said differently: written before the rules."""
