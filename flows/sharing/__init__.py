"""A release on its way to others: exported in other forms, copied elsewhere, pruned at home."""
