"""What real models wrote, real abstracts and false claims, held against the check."""
