"""The demonstration: an invented cast, invented offices, and proposals in every state, carried there by real steps."""
