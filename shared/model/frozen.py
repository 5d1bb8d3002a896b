"""The base of every value that is stored, sent or shown."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """An immutable value. Fields that a newer version wrote are passed over: a rollback can still read the bucket."""

    model_config = ConfigDict(frozen=True, defer_build=True, extra="ignore", populate_by_name=True)
