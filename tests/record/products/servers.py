"""Products that verify a client's chain: how each is set up, as its documentation has it and with nothing else, and
where it says why it refused."""

from pathlib import Path

import peer

HERE = Path(__file__).parent


class Server:
    """A product that listens. `files` are the paths of trust store, key pair of the server, and folder."""

    # What is asked once the handshake is over.
    request = peer.REQUEST
    # The part of the log that says why; the last occurrence counts.
    words = None

    def command(self, port, files):
        raise NotImplementedError

    def was_let_in(self, answer):
        return peer.LET_IN in answer

    def verdict(self, files, backend, environment):
        """Starts the product, shows it the chain, stops it."""
        port, log_file = peer.free_port(), files.folder / "log"
        log_file.write_bytes(b"")
        self.backend = backend
        with peer.running(self.command(port, files), port, log_file, environment) as program:
            if program is None:
                return False, "does not start: " + last_line(log_file)
            answer = peer.show_to_server(port, files.chain, files.key, self.request)
            if self.was_let_in(answer):
                return True, ""
            return False, peer.logged(self.words, log_file)


def last_line(log_file):
    lines = log_file.read_text(errors="replace").strip().splitlines()
    return lines[-1] if lines else "says nothing"


class Nginx(Server):
    def __init__(self, options=""):
        self.options = options

    words = r"(client SSL certificate verify error: \(.*?\)) while"

    def command(self, port, files):
        conf = files.write("nginx.conf", f"""
            daemon off; master_process off; pid {files.folder}/pid; error_log {files.folder}/log info;
            events {{}}
            http {{
                access_log off;
                server {{
                    listen 127.0.0.1:{port} ssl;
                    ssl_certificate {files.server_chain};
                    ssl_certificate_key {files.server_key};
                    ssl_client_certificate {files.trusted};
                    ssl_verify_client on;
                    {self.options}
                    location / {{ return 200 "let in"; }}
                }}
            }}""")
        return ["nginx", "-p", files.folder, "-e", "stderr", "-c", conf]


class Haproxy(Server):
    words = r"(SSL client .*? \(\d+/\d+\))"

    def command(self, port, files):
        conf = files.write("haproxy.cfg", f"""
            global
                log stderr format raw local0
            defaults
                mode http
                timeout client 60s
                timeout server 60s
                timeout connect 60s
            frontend tls
                bind 127.0.0.1:{port} ssl crt {files.server_both} ca-file {files.trusted} verify required
                log global
                error-log-format "%[fc_err_str] (%[ssl_c_err]/%[ssl_c_ca_err])"
                http-request return status 200 content-type text/plain string "let in"
            """)
        return ["haproxy", "-f", conf]


class Apache(Server):
    def __init__(self, options=""):
        self.options = options

    words = r"(Certificate Verification: (?!Temporary|depth).*?)(?: \[subject:|\n)"

    def command(self, port, files):
        files.write("index.html", "let in")
        loaded = "".join(f"LoadModule {it}_module /usr/lib/apache2/modules/mod_{it}.so\n" for it in APACHE_MODULES)
        conf = files.write("apache.conf", f"""{loaded}
            ServerRoot {files.folder}
            ServerName www.example.com
            PidFile {files.folder}/pid
            User www-data
            Listen 127.0.0.1:{port}
            ErrorLog {files.folder}/log
            LogLevel info
            DocumentRoot {files.folder}
            SSLEngine on
            SSLCertificateFile {files.server_chain}
            SSLCertificateKeyFile {files.server_key}
            SSLCACertificateFile {files.trusted}
            SSLVerifyClient require
            {self.options}
            """)
        return ["apache2", "-X", "-f", conf]


APACHE_MODULES = ["mpm_event", "authz_core", "dir", "socache_shmcb", "ssl"]


class Stunnel(Server):
    words = r"(CERT: (?!No subject checks).*)"

    def command(self, port, files):
        conf = files.write("stunnel.conf", f"""
            foreground = yes
            pid =
            syslog = no
            debug = info
            [tls]
            accept = 127.0.0.1:{port}
            connect = 127.0.0.1:{self.backend}
            cert = {files.server_chain}
            key = {files.server_key}
            CAfile = {files.trusted}
            verifyChain = yes
            """)
        return ["stunnel4", conf]


class Mosquitto(Server):
    # MQTT 3.1.1: CONNECT with a clean session, no user, the client identifier `a`. CONNACK begins with 20 02.
    request = bytes.fromhex("100d00044d5154540402003c000161")
    words = r"OpenSSL Error\[\d+\]: (.*)"

    def command(self, port, files):
        conf = files.write("mosquitto.conf", f"""
            listener {port} 127.0.0.1
            cafile {files.trusted}
            certfile {files.server_chain}
            keyfile {files.server_key}
            require_certificate true
            allow_anonymous true
            user root
            """)
        return ["mosquitto", "-c", conf]

    def was_let_in(self, answer):
        return answer.startswith(b"\x20\x02")


class Node(Server):
    # It destroys the connection and does not say why.
    words = None

    def command(self, port, files):
        pair = [files.server_chain, files.server_key]
        return ["node", HERE / "tls.mjs", "server", str(port), files.trusted, *pair]


class Python(Server):
    words = r"refused .*?(certificate verify failed: .*?) \(_ssl"

    def __init__(self, interpreter):
        self.interpreter = interpreter

    def command(self, port, files):
        pair = [files.server_chain, files.server_key]
        return [self.interpreter, HERE / "tls.py", "server", str(port), files.trusted, *pair]


# So that it starts faster.
JAVA_OPTIONS = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]


class Java(Server):
    # The first connection only asks whether somebody listens.
    words = r"refused (?!SSLHandshakeException: Remote host terminated the handshake)(.*)"

    def command(self, port, files):
        return ["java", *JAVA_OPTIONS, "-cp", files.classes, "Tls", "server", str(port), files.trusted, files.server_p12]


class OpensslServer(Server):
    words = r"(verify error:.*)"

    def command(self, port, files):
        pair = ["-cert", files.server_chain, "-key", files.server_key, "-cert_chain", files.server_chain]
        trust = ["-CAfile", files.trusted, "-no-CApath", "-no-CAstore", "-Verify", "100", "-verify_return_error"]
        return ["openssl", "s_server", "-accept", f"127.0.0.1:{port}", *pair, *trust, "-www", "-naccept", "2"]

    def was_let_in(self, answer):
        return b"HTTP/1.0 200" in answer


def servers(python):
    """Every product by the name of its preset. `python` gives the interpreters."""
    return {
        "nginx": Nginx(),
        "nginx-depth-10": Nginx("ssl_verify_depth 10;"),
        "haproxy": Haproxy(),
        "apache": Apache(),
        "apache-depth-10": Apache("SSLVerifyDepth 10"),
        "stunnel": Stunnel(),
        "mosquitto": Mosquitto(),
        "node": Node(),
        "java-tls": Java(),
        "openssl-s_server": OpensslServer(),
        **{name: Python(interpreter) for name, interpreter in python.items()},
    }
