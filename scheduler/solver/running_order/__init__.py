"""Stage 2: what happens when and in which room, for sessions whose people are already known."""
