"""What a service's error means for the next attempt, and how long it asks to be left alone.

Services use one status for many things (Gemini answers 400 to a wrong key, DeepSeek to a filtered text, Groq 413 to a
rate limit that the request can never meet), so the words go before the status.
"""

import re
from collections.abc import Mapping
from math import ceil

from functions.summarize.errors import ConfigurationError, GuardrailError, TooLongError
from functions.summarize.llm.dialect import RefusedParameterError
from shared.store.retry import TryAgainLaterError
from shared.store.web import retry_after
from shared.text.lazy_regex import lazy_regex

THROTTLED_SECONDS = 120
"""Quotas are counted by the minute: a throttled model is left alone for longer than one where it names no time."""
MAX_QUOTED = 300
"""Characters of a service's own words in an error."""


def pattern(*words: str) -> re.Pattern[str]:
    """Finds any of these words."""
    return lazy_regex("|".join(words), re.IGNORECASE)


_NEVER_FITS = pattern(
    r"request (?:is )?too large", r"tokens must be reduced", r"reduce (?:your|the) (?:message|prompt)"
)
_TOO_LONG = pattern(
    r"context[_ ](?:length|window|size)",
    r"maximum (?:context|input)",
    r"exceed_context",
    r"(?:prompt|input|message|request)s? (?:is |are |was )?too (?:long|large)",
    r"too many (?:input |total )?tokens(?! per)",
    r"token (?:count|limit)[^.]*exceed",
    r"exceed[^.]*(?:number of|maximum|max|total|context|allowed)[^.]*tokens",
    r"maximum tokens you requested",
    r"max_?(?:new_|completion_|output_)?tokens\W{0,3} ?[^.]{0,60}"
    r"(?:too (?:large|high|big)|must be (?:<|less|at most|between)|exceed|valid range|at most|greater than|maximum)",
    r"prompt contains \d+ tokens",
    r"tokens? to keep from the initial prompt",
    r"reduce the (?:length|number|size)",
)
_UNPAID = pattern(
    r"insufficient[\w ]*(?:quota|balance|credit|fund)",
    r"(?:credit|account) balance",
    r"balance (?:is )?(?:too low|not enough|insufficient|exhausted)",
    r"(?:out of|no|more|not enough|enough) credits\b(?! (?:was|were|have been|will be))",
    r"billing_(?:hard|not)\w*|billing (?:hard limit|is not active|not enabled)",
    r"payment[_ ](?:required|instrument)|INVALID_PAYMENT",
    r"arrear|recharge|top up|spending limit",
    r"exceeded_current_quota",
    r"account[^.]{0,40}(?:suspended|deactivated|disabled)",
)
_WRONG_KEY = pattern(
    r"api[ _-]?key",
    r"unauthori[sz]ed|not authori[sz]ed|authori[sz]ation",
    r"authenticat",
    r"credentials?\b",
    r"permission[_ ]denied",
    r"(?:access|auth|bearer|security|session) ?token|invalid token|token (?:has |is )?(?:expired|invalid)",
    r"signature",
)
_FILTERED = pattern(
    r"content[_ ]?(?:filter|policy|management|moderation)",
    r"content exists risk",
    r"data_?inspection",
    r"moderation|flagged",
    r"(?:safety|sensitive|prohibited)[ _](?:system|content|filter|setting|reason|word)",
    r"responsible ?ai",
    r"guardrail",
)
_NO_MODEL = pattern(
    r"model_not_found|model not (?:found|exist)|ModelNotFound|DeploymentNotFound|model_decommissioned|decommissioned",
    r"(?:unknown|invalid|no such|unrecognized|nonexistent) model\b(?! (?:output|response|parameter|config))",
    r"no models? (?:is |are )?(?:loaded|found|available)",
    r"model (?:identifier|id|name)\b[^.]{0,60}(?:invalid|not valid|unknown|not recognized|not found)",
    r"not a valid model",
    r"models?\b[^.:]{0,80}(?:does ?n[o']t exist|not exist|not found|(?:is|are)n?[o' ]*t? ?not available|no longer)",
    r"unable to access model|access to (?:the |this )?model|model access|model use case",
    r"inference profile|on-demand throughput|end of its life|marked by provider as legacy",
    r"operation not allowed|no available channel",
    r"model_deprecated|models? [^\s,;]{1,80} (?:is|was|ha(?:s|ve) been) (?:deprecated|retired|discontinued|shut down)",
    r"must be verified|location is not supported|(?:country|region)[^.]{0,40}not supported|unsupported_country",
)
_SCHEMA_WORDS = ("grammar", "json_?schema", "response_format", "guided", "structured output")
_SCHEMA = pattern(*_SCHEMA_WORDS)
"""Parameters that some servers refuse with 404 or 500."""
_PARAMETER = pattern("parameter", r"\btools?\b", "tool_choice", "reasoning", *_SCHEMA_WORDS)
_PASSING = (408, 409, 425)
_PASSES = pattern(
    r"timed? ?out|connection (?:reset|refused|closed|error)",
    r"upstream (?:error|request)|upstream_error|temporarily",
    r"try[^.]{0,20} again (?:later|in)",
)
"""What gateways put into a 400 that is no fault of the request."""
_ABOUT_THE_REQUEST = (400, 413, 415, 422)
_THROTTLED = pattern("rate.?limit", "throttl", "too many requests", "overloaded", "quota")

_IN_WORDS = lazy_regex(
    r"(?:try again|retry|wait)\D{0,20}?(?=\d)(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?) ?(ms|s|seconds?)\b)?",
    re.IGNORECASE,
)
"""`Please try again in 7m12.5s` (OpenAI, Groq), `Please retry in 32.5s` (Gemini), which send no header with it."""


def meaning(status: int, words: str, seconds: int | None, settings: str) -> Exception:
    """The error to raise. `words` is all that the service says, `settings` names the parameters to look at."""
    about = f"{status} {words[:MAX_QUOTED]}"
    if (status != 429 and _TOO_LONG.search(words)) or _NEVER_FITS.search(words):
        return TooLongError(about)
    if status == 402 or _UNPAID.search(words):
        return ConfigurationError(f"{about} {settings}")
    if status == 429 or (status >= 500 and _THROTTLED.search(words)):
        return TryAgainLaterError(about, seconds or THROTTLED_SECONDS)
    if _FILTERED.search(words):
        return GuardrailError(about)
    if status == 401 or _WRONG_KEY.search(words) or _NO_MODEL.search(words):
        return ConfigurationError(f"{about} {settings}")
    return _by_status(status, words, about, seconds, settings)


def _by_status(status: int, words: str, about: str, seconds: int | None, settings: str) -> Exception:
    if (status == 404 and _PARAMETER.search(words)) or (status >= 500 and _SCHEMA.search(words)):
        return RefusedParameterError(f"{status} {words}")
    if status in _PASSING or status >= 498 or (status == 400 and _PASSES.search(words)):
        return TryAgainLaterError(about, seconds)
    if status in _ABOUT_THE_REQUEST:
        return RefusedParameterError(f"{status} {words}")
    return ConfigurationError(f"{about} {settings}")


def seconds_asked(headers: Mapping[str, str], words: str = "") -> int | None:
    """The seconds of a Retry-After header, else of the words; None where neither holds any."""
    given = {name.lower(): value for name, value in headers.items()}
    for name, unit in (("retry-after", 1), ("retry-after-ms", 1000)):
        if (asked := retry_after({**given, "retry-after": given.get(name, "")})) is not None:
            return max(ceil(asked / unit), 1)
    for hours, minutes, amount, unit in _IN_WORDS.findall(words):
        if hours or minutes or amount:
            seconds = float(amount or 0) / (1000 if unit == "ms" else 1)
            return max(ceil(int(hours or 0) * 3600 + int(minutes or 0) * 60 + seconds), 1)
    return None
