"""The nine tests of an official claim as procedures: typed inputs, one outcome, or a refusal that says what is missing."""
