"""What customers write about, day by day (CM-5): terms are counted and only the counts are kept, never a text."""
