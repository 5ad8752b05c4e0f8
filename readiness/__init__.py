"""Readiness: what a careful reader would find in a proposal, as pure rules over a document and the registers."""
