"""The other side of every handshake: it shows a chain and verifies nothing.

It speaks TLS at security level 0, so that it shows weak chains too, and HTTP, so that both sides see whether they were
let in: with TLS 1.3 a server refuses a client's chain when the client's handshake is over.
"""

import contextlib
import re
import socket
import ssl
import subprocess
import threading
import time

# A busy machine is slow, and silence must not look like a refusal.
SECONDS = 60
LATE = 3
ANSWER = b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nlet in"
LET_IN = b"let in"
REQUEST = b"GET / HTTP/1.0\r\nHost: www.example.com\r\n\r\n"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def context(protocol, chain_file, key_file):
    made = ssl.SSLContext(protocol)
    made.check_hostname = False
    made.verify_mode = ssl.CERT_NONE
    made.set_ciphers("DEFAULT:@SECLEVEL=0")
    made.load_cert_chain(chain_file, key_file)
    return made


def show_to_server(port, chain_file, key_file, request=REQUEST):
    """Connects to a server with a chain. What the server answers, nothing if it lets nobody in."""
    client = context(ssl.PROTOCOL_TLS_CLIENT, chain_file, key_file)
    try:
        with socket.create_connection(("127.0.0.1", port), SECONDS) as plain:
            with client.wrap_socket(plain, server_hostname="www.example.com") as tls:
                tls.sendall(request)
                return read_all(tls)
    except OSError:
        return b""


def last_words(pattern, text):
    """What the groups of a pattern hold where it occurs last."""
    found = list(re.finditer(pattern, text)) if pattern else []
    return " ".join(group for group in found[-1].groups() if group).strip() if found else ""


def logged(pattern, log_file):
    """The same of a log, which may be written a little after the connection has ended."""
    end = time.monotonic() + LATE
    while True:
        words = last_words(pattern, log_file.read_text(errors="replace"))
        if words or not pattern or time.monotonic() > end:
            return words
        time.sleep(0.05)


def read_all(connection):
    answer = b""
    # MQTT's answer is shorter than HTTP's, and the connection stays open.
    while LET_IN not in answer and not answer.startswith(b"\x20\x02"):
        more = connection.recv(4096)
        if not more:
            break
        answer += more
    return answer


@contextlib.contextmanager
def tls_server(chain_file, key_file):
    """A server with a chain, on a port of its own."""
    with serving(context(ssl.PROTOCOL_TLS_SERVER, chain_file, key_file)) as port:
        yield port


@contextlib.contextmanager
def plain_server():
    """What stands behind a server that only terminates TLS."""
    with serving(None) as port:
        yield port


@contextlib.contextmanager
def serving(tls):
    listener = socket.create_server(("127.0.0.1", 0), backlog=50)
    threading.Thread(target=accept, args=(listener, tls), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        # Closing alone does not wake the thread that accepts.
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()


def accept(listener, tls):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=answer, args=(connection, tls), daemon=True).start()


def answer(connection, tls):
    with contextlib.suppress(OSError, ValueError), connection:
        connection.settimeout(SECONDS)
        if tls is None:
            answer_request(connection)
        else:
            with tls.wrap_socket(connection, server_side=True) as secured:
                answer_request(secured)


def answer_request(connection):
    request = b""
    while b"\r\n\r\n" not in request:
        more = connection.recv(4096)
        if not more:
            return
        request += more
    connection.sendall(ANSWER)
    with contextlib.suppress(OSError):
        connection.unwrap() if isinstance(connection, ssl.SSLSocket) else None


@contextlib.contextmanager
def running(command, port, log_file, environment):
    """A program that listens on a port as long as the block lasts; `None` if it does not start."""
    with open(log_file, "ab") as log:
        program = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        try:
            yield program if listens(program, port) else None
        finally:
            program.terminate()
            try:
                program.wait(SECONDS)
            except subprocess.TimeoutExpired:
                program.kill()
                program.wait()


def listens(program, port):
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and program.poll() is None:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        time.sleep(0.02)
    return False
