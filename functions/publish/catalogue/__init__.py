"""What the site knows beyond one day: years, months, the record of each paper."""
