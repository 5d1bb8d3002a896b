"""Every call to the outside passes here: it takes its time, and it may go wrong."""

import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn, TypeVar

from botocore.exceptions import ClientError, ConnectTimeoutError, ReadTimeoutError

from tests.simulation.faults import HANG_SECONDS, Fault, Faults
from tests.simulation.kernel import Kernel, KilledError

LATENCY_SECONDS = 0.02
PATIENCE_SECONDS = 25.0
"""About what the clients' own timeouts and attempts come to: a call that stalls ends within them."""

_Result = TypeVar("_Result")


class Calls:
    """The way from the functions to the world. `watch` hears of each fault before it takes effect."""

    def __init__(self, kernel: Kernel, faults: Faults) -> None:
        self.kernel, self.faults = kernel, faults
        self.made = 0
        self.watch: Callable[[str, str, Fault], object] = lambda *_: None
        self._began = kernel.now

    def pass_through(self, operation: str, key: str) -> Fault | None:
        """Takes the time of a call and gives its fault. Raises KilledError in a task that was killed."""
        task = self.kernel.current
        if task is None:
            return None
        if not task.alive:
            raise KilledError
        self.made += 1
        fault = self.faults.at(task.name, operation, key, (self.kernel.now - self._began) / 3600)
        self.kernel.sleep(LATENCY_SECONDS * (1 + zlib.crc32(key.encode()) % 64 / 16))
        if fault:
            self.watch(operation, key, fault)
        return fault

    def aws(
        self, operation: str, key: str, do: Callable[[], _Result], partly: Callable[[], _Result] | None = None
    ) -> _Result:
        """A call of an AWS client. `partly` is what an answer of 200 can leave undone."""
        fault = self.pass_through(operation, key)
        if fault is None:
            return do()
        self._before(fault, operation, do)
        result = partly() if fault.kind == "partial" and partly else do()
        if fault.kind == "killed after":
            self.die()
        if fault.kind == "answer lost":
            raise ReadTimeoutError(endpoint_url="https://aws.invalid")
        return result

    def _before(self, fault: Fault, operation: str, do: Callable[[], Any]) -> None:
        match fault.kind:
            case "before":
                raise error("ServiceUnavailable", 503, operation)
            case "unreachable":
                raise unreachable()
            case "conflict":
                raise error("ConditionalRequestConflict", 409, operation)
            case "killed before":
                self.die()
            case "repeated":  # by the client itself: the answer to its first attempt was lost
                with suppress(ClientError):
                    do()
                self.kernel.sleep(1.0)
            case "stalled":
                self.kernel.sleep(min(fault.seconds, PATIENCE_SECONDS))
            case "hung":
                self.kernel.sleep(HANG_SECONDS)

    def die(self) -> NoReturn:
        """Ends the task that calls."""
        assert self.kernel.current is not None
        self.kernel.current.alive = False
        raise KilledError


def error(code: str, status: int, operation: str, message: str = "simulated") -> ClientError:
    """The exception that botocore makes of an error answer."""
    answer: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, operation)


def unreachable() -> ConnectTimeoutError:
    """The exception of a host that cannot be reached."""
    return ConnectTimeoutError(endpoint_url="https://aws.invalid")
