"""What people agree to: the words with which they say so, and whether they may be sent marketing."""
