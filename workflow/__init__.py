"""How a proposal moves: its steps, the engine that takes them, the letters they send, and the home page."""
