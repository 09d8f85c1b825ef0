"""A real SMTP server on loopback that keeps what it accepts, for the tests.

    python smtp_server.py --dir DIR [--port 0] [--starttls | --tls] [--login USER PASS]
                          [--until-stdin-closes]

The first line on standard output is the port. Every accepted message becomes DIR/0001.eml,
DIR/0002.eml, … : the bytes as received, preceded by what only the SMTP dialogue knew:

    X-Envelope-From: sender            X-Envelope-TLS: TLSv1.3 (or: none)
    X-Envelope-To: one line each       X-Envelope-Login: user (or: none)

With --starttls or --tls a certificate authority made on the spot signs the server's
certificate (localhost and 127.0.0.1); DIR/ca.pem is what a client has to trust. --starttls
refuses mail without TLS, --login refuses mail without that login.
With --until-stdin-closes the server ends with the process that holds its standard input, even
when that process is killed.
"""

import argparse
import asyncio
import logging
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult

OPENSSL_CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = localhost
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""


def tls_context(ca_pem: Path) -> ssl.SSLContext:
    """A server context with a fresh certificate; its authority is written to `ca_pem`."""

    def openssl(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "openssl.cnf").write_text(OPENSSL_CONFIG)
        openssl("req", "-x509", *key, "-config", "openssl.cnf", "-extensions", "ca", "-days", "2",
                "-subj", "/CN=Test authority", "-keyout", "ca.key", "-out", "ca.pem")
        openssl("req", *key, "-config", "openssl.cnf", "-keyout", "server.key", "-out", "server.csr")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
                "-CAcreateserial", "-days", "2", "-extfile", "openssl.cnf", "-extensions", "server",
                "-out", "server.pem")
        ca_pem.write_bytes(Path(folder, "ca.pem").read_bytes())
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(Path(folder, "server.pem"), Path(folder, "server.key"))
        return context


class Keep:
    """Writes each accepted message to the folder, whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, server, session, envelope) -> str:
        tls = server.transport.get_extra_info("ssl_object")
        lines = [f"X-Envelope-From: {envelope.mail_from}"]
        lines += [f"X-Envelope-To: {address}" for address in envelope.rcpt_tos]
        lines += [f"X-Envelope-TLS: {tls.version() if tls else 'none'}"]
        lines += [f"X-Envelope-Login: {session.auth_data or 'none'}"]
        self.count += 1
        target = self.folder / f"{self.count:04}.eml"
        partial = target.with_suffix(".part")
        partial.write_bytes("".join(f"{line}\r\n" for line in lines).encode() + envelope.content)
        partial.rename(target)
        return f"250 OK kept as {target.name}"


def authenticator(user: str, password: str):
    """Accepts exactly this login; what is kept of it is the user's name."""

    def check(server, session, envelope, mechanism, data) -> AuthResult:
        if mechanism not in ("LOGIN", "PLAIN"):
            return AuthResult(success=False, handled=False)
        if (data.login, data.password) != (user.encode(), password.encode()):
            return AuthResult(success=False, handled=False)
        return AuthResult(success=True, auth_data=user)

    return check


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", type=Path, required=True)
    parser.add_argument("--port", type=int, default=0)
    security = parser.add_mutually_exclusive_group()
    security.add_argument("--starttls", action="store_true")
    security.add_argument("--tls", action="store_true")
    parser.add_argument("--login", nargs=2, metavar=("USER", "PASS"))
    parser.add_argument("--until-stdin-closes", action="store_true")
    return parser.parse_args()


async def serve(chosen: argparse.Namespace) -> None:
    chosen.dir.mkdir(parents=True, exist_ok=True)
    context = tls_context(chosen.dir / "ca.pem") if chosen.starttls or chosen.tls else None
    keep = Keep(chosen.dir)
    # With implicit TLS the library does not notice that the line is already safe, hence
    # `auth_require_tls` only where it sees TLS begin.
    options = {
        "hostname": "localhost",
        "enable_SMTPUTF8": True,
        "tls_context": context if chosen.starttls else None,
        "require_starttls": chosen.starttls,
        "auth_required": chosen.login is not None,
        "auth_require_tls": chosen.starttls,
    }
    if chosen.login:
        options["authenticator"] = authenticator(*chosen.login)

    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(keep, **options), "127.0.0.1", chosen.port, ssl=context if chosen.tls else None
    )
    print(server.sockets[0].getsockname()[1], flush=True)

    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ended.set)
    if chosen.until_stdin_closes:
        loop.add_reader(sys.stdin, lambda: os.read(sys.stdin.fileno(), 4096) or ended.set())
    await ended.wait()
    server.close()


if __name__ == "__main__":
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
    asyncio.run(serve(arguments()))
