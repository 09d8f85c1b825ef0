"""Proves tests/support/smtp_server.py with Python's own SMTP client: every security, every login.

Run by tests/run with the interpreter of the test tools: exit 0 and one line when all is well.
A server that let mail through without the TLS or the login it was told to ask for would make
the tests that rely on it worthless.
"""

import smtplib
import ssl
import subprocess
import sys
import tempfile
from email import message_from_bytes
from pathlib import Path

SERVER = Path(__file__).with_name("smtp_server.py")
MESSAGE = "Subject: =?utf-8?b?VGjGsCB4aW4gbOG7l2k=?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nXin lỗi\r\n"
LOGIN = ("cong-chuc", "mat khau dai")


def client(security: str, port: int, folder: Path) -> smtplib.SMTP:
    if security == "none":
        return smtplib.SMTP("localhost", port, timeout=10)
    trust = ssl.create_default_context(cafile=folder / "ca.pem")
    if security == "tls":
        return smtplib.SMTP_SSL("localhost", port, timeout=10, context=trust)
    plain = smtplib.SMTP("localhost", port, timeout=10)
    plain.starttls(context=trust)
    return plain


def send(connection: smtplib.SMTP) -> None:
    connection.sendmail("xa@example.vn", ["dan@example.vn", "hai@example.vn"], MESSAGE.encode())


def refused(connection: smtplib.SMTP) -> bool:
    try:
        send(connection)
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
        return True
    return False


def expect(truth: bool, what: str) -> None:
    if not truth:
        sys.exit(f"smtp_server.py: {what}")


def check(security: str, login: bool) -> None:
    name = f"{security}, login {'asked' if login else 'not asked'}"
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        options = [] if security == "none" else [f"--{security}"]
        options += ["--login", *LOGIN] if login else []
        command = [sys.executable, str(SERVER), "--dir", path, "--until-stdin-closes", *options]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        port = int(server.stdout.readline())
        if login:
            with client(security, port, folder) as connection:
                expect(refused(connection), f"{name}: took mail without a login")
            with client(security, port, folder) as connection:
                try:
                    connection.login(LOGIN[0], "sai")
                    expect(False, f"{name}: took a wrong password")
                except smtplib.SMTPAuthenticationError:
                    pass
        if security == "starttls":
            with smtplib.SMTP("localhost", port, timeout=10) as connection:
                expect(refused(connection), f"{name}: took mail without TLS")
        with client(security, port, folder) as connection:
            if login:
                connection.login(LOGIN[0], LOGIN[1])
            send(connection)
        kept = [message_from_bytes(file.read_bytes()) for file in sorted(folder.glob("*.eml"))]
        expect(len(kept) == 1, f"{name}: kept {len(kept)} messages")
        mail = kept[0]
        expect(mail["X-Envelope-From"] == "xa@example.vn", f"{name}: sender")
        expect(mail.get_all("X-Envelope-To") == ["dan@example.vn", "hai@example.vn"], f"{name}: recipients")
        expect(mail["X-Envelope-TLS"].startswith("none" if security == "none" else "TLSv1"), f"{name}: TLS")
        expect(mail["X-Envelope-Login"] == (LOGIN[0] if login else "none"), f"{name}: login")
        expect(mail.get_payload(decode=True).decode() == "Xin lỗi\r\n", f"{name}: text")
        server.stdin.close()
        expect(server.wait(timeout=10) == 0, f"{name}: did not end with its parent")


if __name__ == "__main__":
    for security in ("none", "starttls", "tls"):
        for login in (False, True):
            check(security, login)
    print("smtp_server.py: plain, STARTTLS and TLS, each with and without login: as told")
