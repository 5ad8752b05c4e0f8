"""Registers: what the JPO unit keeps of the words of the house, as plain tables with their history."""
