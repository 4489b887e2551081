"""Units' assessment of themselves: the sheet they fill in, taking it in, how it differs from the review."""
