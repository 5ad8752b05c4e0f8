"""The steps in which the opener takes a PDF apart: what is drawn, what the tags say of it, how that is written."""
