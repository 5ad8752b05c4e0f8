"""The JPO unit's desk: its register, and the administration of offices, people and appointments."""
