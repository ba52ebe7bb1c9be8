"""Tables that other systems deliver: their headings, their coordinates, their rows."""
