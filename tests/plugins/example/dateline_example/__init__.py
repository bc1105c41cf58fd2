"""What an office of our own adds to dateline."""
