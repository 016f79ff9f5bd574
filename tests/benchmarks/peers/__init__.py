"""Other ways to make a timetable, on the same campaigns and in the same time, judged by the same checks."""
