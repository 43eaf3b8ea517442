"""Products that verify a server's chain: how each is asked, as its documentation has it and with nothing else, and
where it says why it refused."""

import socket
import subprocess
from pathlib import Path

import peer
from servers import JAVA_OPTIONS

HERE = Path(__file__).parent


class Client:
    """A product that connects once. `files` are the paths of trust store and folder."""

    # The part of the output that says why; the last occurrence counts.
    words = None

    def command(self, port, host, files):
        raise NotImplementedError

    def was_let_in(self, output):
        return "let in" in output

    def verdict(self, files, host, environment):
        with peer.tls_server(files.chain, files.key) as port:
            command = self.command(port, host, files)
            ran = subprocess.run(command, input=peer.REQUEST, capture_output=True, env=environment, timeout=peer.SECONDS)
        output = (ran.stdout + ran.stderr).decode(errors="replace")
        if self.was_let_in(output):
            return True, ""
        return False, peer.last_words(self.words, output)


class Curl(Client):
    words = r"curl: \(\d+\) (.*)"

    def command(self, port, host, files):
        # The empty folder keeps the roots of the system out.
        trust = ["--cacert", files.trusted, "--capath", files.empty]
        return ["curl", "-q", "-sS", *trust, "--resolve", f"{host}:{port}:127.0.0.1", f"https://{host}:{port}/"]


class Git(Client):
    """Of Debian, whose libcurl is built with GnuTLS."""

    words = r"fatal: unable to access '.*?': (.*?)\s*(?:CAfile|$)"

    def command(self, port, host, files):
        options = [f"http.sslCAInfo={files.trusted}", f"http.curloptResolve={host}:{port}:127.0.0.1"]
        configured = [word for option in options for word in ("-c", option)]
        return ["git", *configured, "ls-remote", f"https://{host}:{port}/"]

    def was_let_in(self, output):
        # What the server sends is taken for an empty list of branches.
        return "fatal" not in output


class OpensslClient(Client):
    words = r"(verify error:.*)"

    def command(self, port, host, files):
        trust = ["-CAfile", files.trusted, "-no-CApath", "-no-CAstore", "-verify_return_error"]
        return ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", "-ign_eof", "-servername", "www.example.com", *trust]


class Mosquitto(Client):
    words = r"OpenSSL Error\[\d+\]: (.*)|(?:Error: )(.*)"

    def command(self, port, host, files):
        return ["mosquitto_pub", "-h", host, "-p", str(port), "--cafile", files.trusted, "-t", "t", "-m", "m", "-d"]

    def was_let_in(self, output):
        return "received CONNACK (0)" in output


class Node(Client):
    words = r"refused (.*)"

    def __init__(self, *options):
        self.options = options

    def command(self, port, host, files):
        return ["node", HERE / "tls.mjs", "client", str(port), files.trusted, host, *self.options]


class Python(Client):
    words = r"refused .*?(certificate verify failed: .*?) \(_ssl"

    def __init__(self, interpreter):
        self.interpreter = interpreter

    def command(self, port, host, files):
        return [self.interpreter, HERE / "tls.py", "client", str(port), files.trusted, host]


class Java(Client):
    words = r"refused (.*)"

    def command(self, port, host, files):
        return ["java", *JAVA_OPTIONS, "-cp", files.classes, "Tls", "client", str(port), files.trusted, host]


class Gateway:
    """A product that listens without TLS and connects to a server with it."""

    words = None

    def command(self, port, backend, host, files):
        raise NotImplementedError

    def verdict(self, files, host, environment):
        port, log_file = peer.free_port(), files.folder / "log"
        log_file.write_bytes(b"")
        with peer.tls_server(files.chain, files.key) as backend:
            command = self.command(port, backend, host, files)
            with peer.running(command, port, log_file, environment) as program:
                if program is None:
                    return False, "does not start: " + log_file.read_text(errors="replace").strip()[-200:]
                if peer.LET_IN in ask(port, host):
                    return True, ""
                return False, peer.logged(self.words, log_file)


def ask(port, host):
    try:
        with socket.create_connection(("127.0.0.1", port), peer.SECONDS) as plain:
            plain.sendall(f"GET / HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
            return peer.read_all(plain)
    except OSError:
        return b""


class Nginx(Gateway):
    def __init__(self, options=""):
        self.options = options

    words = r"(upstream SSL certificate .*?|SSL_do_handshake\(\) failed .*?) while"

    def command(self, port, backend, host, files):
        conf = files.write("nginx.conf", f"""
            daemon off; master_process off; pid {files.folder}/pid; error_log {files.folder}/log info;
            events {{}}
            http {{
                access_log off;
                server {{
                    listen 127.0.0.1:{port};
                    location / {{
                        proxy_pass https://127.0.0.1:{backend};
                        proxy_ssl_verify on;
                        {self.options}
                        proxy_ssl_trusted_certificate {files.trusted};
                        proxy_ssl_name {host};
                    }}
                }}
            }}""")
        return ["nginx", "-p", files.folder, "-e", "stderr", "-c", conf]


class Haproxy(Gateway):
    words = r"said (?!-)(.*)"

    def command(self, port, backend, host, files):
        conf = files.write("haproxy.cfg", f"""
            global
                log stderr format raw local0
            defaults
                mode http
                timeout client 60s
                timeout server 60s
                timeout connect 60s
                retries 0
            listen plain
                bind 127.0.0.1:{port}
                log global
                log-format "said %[bc_err_str]"
                server tls 127.0.0.1:{backend} ssl verify required ca-file {files.trusted} verifyhost {host}
            """)
        return ["haproxy", "-f", conf]


class Apache(Gateway):
    def __init__(self, options=""):
        self.options = options

    words = r"(Certificate Verification: (?!Temporary|depth).*?)(?: \[subject:|\n)|AH02411: (.*)"

    def command(self, port, backend, host, files):
        loaded = "".join(f"LoadModule {it}_module /usr/lib/apache2/modules/mod_{it}.so\n" for it in APACHE_MODULES)
        conf = files.write("apache.conf", f"""{loaded}
            ServerRoot {files.folder}
            ServerName {host}
            PidFile {files.folder}/pid
            User www-data
            Listen 127.0.0.1:{port}
            ErrorLog {files.folder}/log
            LogLevel info
            SSLProxyEngine on
            SSLProxyVerify require
            {self.options}
            SSLProxyCACertificateFile {files.trusted}
            ProxyPreserveHost on
            ProxyPass / https://127.0.0.1:{backend}/
            """)
        return ["apache2", "-X", "-f", conf]


APACHE_MODULES = ["mpm_event", "authz_core", "socache_shmcb", "ssl", "proxy", "proxy_http"]


class Stunnel(Gateway):
    words = r"(CERT: .*)"

    def command(self, port, backend, host, files):
        check = "checkIP" if host[0].isdigit() else "checkHost"
        conf = files.write("stunnel.conf", f"""
            foreground = yes
            pid =
            syslog = no
            debug = info
            [tls]
            client = yes
            accept = 127.0.0.1:{port}
            connect = 127.0.0.1:{backend}
            CAfile = {files.trusted}
            verifyChain = yes
            {check} = {host}
            """)
        return ["stunnel4", conf]


def clients(python):
    """Every product by the name of its preset. `python` gives the interpreters."""
    return {
        "curl": Curl(),
        "nginx": Nginx(),
        "nginx-depth-10": Nginx("proxy_ssl_verify_depth 10;"),
        "haproxy": Haproxy(),
        "apache": Apache(),
        "apache-depth-10": Apache("SSLProxyVerifyDepth 10"),
        "stunnel": Stunnel(),
        "git": Git(),
        "node": Node(),
        "node-partial": Node("partial"),
        "java-tls": Java(),
        "openssl-s_client": OpensslClient(),
        **{name: Python(interpreter) for name, interpreter in python.items()},
    }
