"""Python's ssl module as most programs use it: `create_default_context` with a trust store.

    tls.py client PORT TRUSTED HOST
    tls.py server PORT TRUSTED CHAIN KEY
"""

import socket
import ssl
import sys

ANSWER = b"HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nlet in"


def client(port, trusted, host):
    context = ssl.create_default_context(cafile=trusted)
    try:
        with socket.create_connection(("127.0.0.1", int(port)), 60) as plain:
            with context.wrap_socket(plain, server_hostname=host) as tls:
                tls.sendall(b"GET / HTTP/1.0\r\n\r\n")
                print(tls.recv(4096).decode())
                tls.settimeout(1)
                print(tls.recv(4096).decode())
    except (OSError, ValueError) as why:
        print("refused", why)


def server(port, trusted, chain, key):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=trusted)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(chain, key)
    with socket.create_server(("127.0.0.1", int(port))) as listener:
        while True:
            plain, _ = listener.accept()
            try:
                with context.wrap_socket(plain, server_side=True) as tls:
                    tls.recv(4096)
                    tls.sendall(ANSWER)
            except OSError as why:
                print("refused", why, flush=True)


{"client": client, "server": server}[sys.argv[1]](*sys.argv[2:])
