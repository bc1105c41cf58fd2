"""What is done with the drafts of a report, one pass a file; `coding.order` says in which order."""
