"""Every key of the bucket, and every address on the site: this is the only place that spells them."""

from shared.store.keys.bucket import *  # noqa: F403
from shared.store.keys.site import *  # noqa: F403
