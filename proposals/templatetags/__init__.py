"""Words that the templates of the drafting pages use."""
