"""Fetching public documents that are not available, for those who ask for it; nothing else here touches the network.

Documents come over https, also those whose address says http, from public hosts only; redirections are held to the
same. Each is bounded in size and time. What was fetched is kept, and not asked for again.
"""

from __future__ import annotations

import http.client
import ipaddress
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit, urlunsplit

from attrs import define, field

from exporter.errors import ResolutionError
from exporter.findings import Finding, Location
from exporter.resources.cached_files import KeptFiles
from exporter.resources.limits import DEFAULT_LIMITS, Limits

_PIECE: Final = 256 * 1024
_MAX_SIZE: Final = 256 * 1024**2
_MAX_DOCUMENTS: Final = 5_000
_MAX_REDIRECTIONS: Final = 5
_AGENT: Final = "filing-exporter"


@define(eq=False, kw_only=True)
class OnlineDocuments:
    """Fetches documents; an instance is what `exporter.resources.resolver.Resolver.fetch` wants.

    Args:
        folder: the cache folder; without one, documents are fetched anew in each run.
        limits: ``file_size`` bounds a document.
        timeout: seconds without a byte.
        deadline: seconds for one document.
        schemes: how documents may be fetched; an http address is fetched over https unless http is named here.
        hosts: names of hosts that are asked though they are not public.
    """

    folder: Path | None = None
    limits: Limits = DEFAULT_LIMITS
    timeout: float = 20
    deadline: float = 120
    schemes: frozenset[str] = frozenset({"https"})
    hosts: frozenset[str] = frozenset()
    _known: dict[str, bytes | ResolutionError] = field(factory=dict, init=False)

    def __call__(self, url: str) -> bytes:
        """The document at a URL.

        Raises:
            ResolutionError: it cannot be fetched, may not be, or is too large.
        """
        if url not in self._known:
            if len(self._known) >= _MAX_DOCUMENTS:
                raise _failure(url, f"{_MAX_DOCUMENTS} documents have been fetched already")
            try:
                self._known[url] = self._kept(url)
            except ResolutionError as error:
                self._known[url] = error
        document = self._known[url]
        if isinstance(document, ResolutionError):
            raise document
        return document

    def _kept(self, url: str) -> bytes:
        kept = KeptFiles(folder=self.folder / "documents", suffix=".document") if self.folder is not None else None
        data = kept.read(url) if kept is not None else None
        if data is None:
            data = self._fetched(url)
            if kept is not None:
                kept.write(url, data)
        return data

    def _fetched(self, url: str) -> bytes:
        try:
            request = urllib.request.Request(self._allowed(url), headers={"User-Agent": _AGENT})  # noqa: S310
            with self._opener().open(request, timeout=self.timeout) as response:
                return self._body(url, response)
        except urllib.error.HTTPError as error:
            error.close()
            raise _failure(url, f"the server answers {error.code}") from None
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise _failure(url, f"it cannot be fetched: {reason}") from None

    def _opener(self) -> urllib.request.OpenerDirector:
        """Knows http and https alone: no files, no ftp, no data URLs."""
        opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Redirections(self),
        ):
            opener.add_handler(handler)
        return opener

    def _allowed(self, url: str) -> str:
        """The address to ask, https put for http.

        Raises:
            ResolutionError: it may not be asked.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise _failure(url, f"nothing is fetched over {parts.scheme or 'no scheme'}")
        if parts.username is not None or parts.password is not None:
            raise _failure(url, "addresses with credentials are not asked")
        host = parts.hostname or ""
        if host not in self.hosts and not _is_public(host):
            raise _failure(url, f"{host or 'nothing'} is no public host")
        return url if parts.scheme in self.schemes else urlunsplit(parts._replace(scheme="https"))

    def _body(self, url: str, response: Any) -> bytes:
        limit = min(self.limits.file_size, _MAX_SIZE)
        end = time.monotonic() + self.deadline
        data = bytearray()
        while piece := response.read1(_PIECE):
            data += piece
            if len(data) > limit:
                raise _failure(url, f"it is larger than {limit} bytes")
            if time.monotonic() > end:
                raise _failure(url, f"it did not come within {self.deadline:g} seconds")
        if response.length:  # what the server announced and did not send
            raise _failure(url, f"it broke off {response.length} bytes before its end")
        return bytes(data)


class _Redirections(urllib.request.HTTPRedirectHandler):
    max_redirections = _MAX_REDIRECTIONS

    def __init__(self, documents: OnlineDocuments) -> None:
        self._documents = documents

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        return super().redirect_request(req, fp, code, msg, headers, self._documents._allowed(newurl))


def _is_public(host: str) -> bool:
    """Whether a host is one that anybody can ask: no machine of a private network named by its number, not this one."""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".localhost", ".local", ".internal"))


def _failure(url: str, reason: str) -> ResolutionError:
    finding = Finding(
        code="exporter:notAtHand",
        message=f"{url} cannot be resolved: {reason}",
        location=Location(file=url),
        fix="give the taxonomy package that holds it (--taxonomy-package)",
    )
    return ResolutionError(findings=[finding])
