"""The pictures of a paper: fetched within limits, re-encoded, stored once.

Videos are linked and not fetched. arXiv's figures are not shown: only some licences allow it, and arXiv's answer does
not say which one a paper has.
"""

from functions.enrich.pictures.download import client
from functions.enrich.pictures.storing import MissingPicture, StoredPictures, store_pictures, with_stored

__all__ = ["MissingPicture", "StoredPictures", "client", "store_pictures", "with_stored"]
