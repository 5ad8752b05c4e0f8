"""What a proposal is, who stands where to it, and its drafting pages."""
