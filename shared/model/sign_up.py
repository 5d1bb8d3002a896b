"""The sign-up form: the names of its fields, which the page and the function that reads it share."""

ADDRESS = "address"
LANGUAGE = "language"
PERIOD = "period"
HONEYPOT = "company_site"
"""A field that people do not see. Its name matches none that password managers fill in."""
MAX_ADDRESS_CHARS = 254
"""RFC 5321, 4.5.3.1.3: a path of 256 octets with its two brackets."""
