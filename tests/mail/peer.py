"""A real mail server for letters to arrive at, with the moods of real ones."""

import asyncio
import email
import email.policy
import socket
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 2.0.0 Taken"


class Mood(StrEnum):
    """How the server treats its visitors."""

    ACCEPT = "takes every letter"
    BUSY = "421 at the door"
    LATER = "451 after the letter is read"
    NO = "554 after the letter is read"
    REFUSE_SENDER = "550 to the sender"
    SLOW = "thinks before each answer"
    HANG = "reads the letter and says nothing"
    DROP = "takes the letter and drops the line before it says so"
    BROKEN_TLS = "offers TLS and cannot"


@dataclass(frozen=True)
class Received:
    """A letter as it came."""

    sender: str
    recipients: tuple[str, ...]
    mail: EmailMessage

    @property
    def id(self) -> str:
        """Its Message-ID."""
        return str(self.mail["Message-ID"])

    @property
    def pdf(self) -> bytes:
        """The PDF it brings; it brings exactly one."""
        (pdf,) = [part for part in self.mail.iter_attachments() if part.get_content_type() == "application/pdf"]
        return bytes(pdf.get_content())


@dataclass
class Peer:
    """The server: what it has taken, in order, and how it behaves from now on."""

    port: int
    mood: Mood = Mood.ACCEPT
    refused: set[str] = field(default_factory=set)
    """Addresses it refuses for good."""
    thinks: float = 60
    """Seconds before each answer when it is slow."""
    letters: list[Received] = field(default_factory=list)
    visits: int = 0
    halt_at: str = ""
    """Where to let visitors wait: "door" (before the server's first word) or "end" (the letter is read, not yet taken)."""
    halted: threading.Event = field(default_factory=threading.Event)
    tls: ssl.SSLContext | None = None
    """With it, the server offers STARTTLS."""
    controller: Controller | None = None

    def open(self) -> None:
        """Begins to listen."""
        self.controller = _Listening(self)
        self.controller.start()
        self.visits = 0

    def close(self) -> None:
        """Stops listening: whoever comes now is refused by the machine."""
        if self.controller:
            self.controller.stop()
            self.controller = None

    def halt(self, where: str) -> None:
        """Lets the next visitor wait there; `halted` is set when one does."""
        self.halted.clear()
        self.halt_at = where

    def go_on(self) -> None:
        """Lets those who wait go on."""
        self.halt_at = ""

    def ids(self) -> list[str]:
        """The Message-IDs of what it has taken, in order."""
        return [letter.id for letter in self.letters]

    async def pass_by(self, where: str) -> None:
        """A place where a visitor may have to wait."""
        while self.halt_at == where:
            self.halted.set()
            await asyncio.sleep(0.01)

    # What aiosmtpd calls

    async def handle_MAIL(self, server: "_Server", session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if self.mood is Mood.REFUSE_SENDER:
            return "550 5.7.1 This server does not know you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: "_Server", session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        if address in self.refused:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: "_Server", session: Session, envelope: Envelope) -> str:
        await self.pass_by("end")
        match self.mood:
            case Mood.LATER:
                return "451 4.3.0 Not now"
            case Mood.NO:
                return "554 5.7.1 Not this letter"
            case Mood.HANG:
                await asyncio.sleep(300)
            case Mood.DROP:
                server.take()
                server.hang_up()
        return TAKEN


class _Server(SMTP):
    """One conversation."""

    def __init__(self, peer: Peer) -> None:
        loop = asyncio.get_running_loop()
        super().__init__(peer, hostname="mail.example", enable_SMTPUTF8=True, tls_context=peer.tls, loop=loop)
        self.peer = peer
        self.read: Received | None = None

    async def _handle_client(self) -> None:
        self.peer.visits += 1
        await self.peer.pass_by("door")
        if self.peer.mood is Mood.BUSY:
            await self.push("421 4.3.2 Too many visitors")
            self.hang_up()
        else:
            await super()._handle_client()

    def hang_up(self) -> None:
        """Drops the line."""
        if isinstance(self.transport, asyncio.WriteTransport):
            self.transport.close()

    async def smtp_EHLO(self, hostname: str) -> None:
        if self.peer.mood is Mood.BROKEN_TLS:
            await self.push("250-mail.example")
            await self.push("250 STARTTLS")
        else:
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if self.peer.mood is not Mood.BROKEN_TLS:
            return await super().smtp_STARTTLS(arg)
        await self.push("220 Ready")
        self._writer.write(b"this is no TLS\r\n" * 20)

    async def push(self, status: Any) -> None:
        if self.peer.mood is Mood.SLOW:
            await asyncio.sleep(self.peer.thinks)
        if status == TAKEN and self.peer.mood is not Mood.DROP:
            self.take()  # before it says so: whoever has heard "250" finds the letter here
        await super().push(status)

    async def _call_handler_hook(self, command: str, *args: Any) -> Any:
        if command == "DATA":
            envelope: Any = self.envelope
            mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
            self.read = Received(envelope.mail_from, tuple(envelope.rcpt_tos), mail)
        return await super()._call_handler_hook(command, *args)

    def take(self) -> None:
        """The letter is the server's from now on."""
        if self.read:
            self.peer.letters.append(self.read)
        self.read = None


class _Listening(Controller):
    def __init__(self, peer: Peer) -> None:
        super().__init__(peer, hostname="127.0.0.1", port=peer.port)

    def factory(self) -> SMTP:
        return _Server(self.handler)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
