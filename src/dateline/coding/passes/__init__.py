"""The passes over the drafts of a report, one per file; `coding.order` says in which order."""
