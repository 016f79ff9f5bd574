"""Stage 1: who attends which session, and who is on its staff, over the whole campaign."""
