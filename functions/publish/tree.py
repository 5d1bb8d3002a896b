"""A language's folder of the site in the bucket."""

from datetime import date
from typing import NamedTuple, TypeVar

from functions.publish.model.digest import Digest, Edition
from shared.model.frozen import Frozen
from shared.store import keys
from shared.store.bucket import Bucket

Value = TypeVar("Value", bound=Frozen)


class Tree(NamedTuple):
    """A language's folder of the site in the bucket."""

    archive: Bucket
    language: str
    edition: Edition

    def key(self, address: str) -> str:
        """The key of an address in the language's tree."""
        return f"{keys.SITE}{keys.tree(self.language, self.edition.languages[0])}{address}"

    def find(self, address: str, kind: type[Value]) -> Value | None:
        """The value that lies at an address, if there is one that can be read."""
        return self.archive.find(self.key(address), kind)

    def write(self, address: str, value: Frozen) -> None:
        """Stores a value at an address."""
        self.archive.write(self.key(address), value)

    def digest(self, day: date) -> Digest | None:
        """The digest as it was published last, if it can be read and is not another language's."""
        found = self.find(keys.day_file(day, "digest.json"), Digest)
        return found if found and found.language == self.language else None
