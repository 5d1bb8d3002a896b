"""Addresses of the web and of mail in a text."""

import re

_DOMAINS = "com|org|net|io|ai|dev|co|kr|app|xyz|ly|me|edu|info|gov|site|top|ru|cn|example|test|invalid|link|click|page"
# A class of so many characters takes long to compile where case is ignored.
ADDRESS = re.compile(
    r"(?:(?:https?|ftp)://|www\.)(?-i:[^\s\"'<>)\],\u0080-\uffff])+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]+"
    rf"|(?<![\w.-])(?:[a-z\d-]{{1,63}}\.){{1,5}}(?:{_DOMAINS})(?![\w-])(?:/(?-i:[^\s\"'<>)\],\u0080-\uffff])*)?",
    re.ASCII | re.IGNORECASE,
)
"""In full, without a scheme, or of a person."""
