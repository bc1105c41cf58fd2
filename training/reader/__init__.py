"""Train the learned reader (dateline.reader): see README.md in this folder."""
