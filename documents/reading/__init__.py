"""Reading: how the text of an old proposal becomes answers; `documents.reader` is its door."""
