"""Weeks and months: what their days became, with the votes as they are when the period is over."""
