// Node's tls module with a trust store.
//
//     node tls.mjs client PORT TRUSTED HOST [partial]
//     node tls.mjs server PORT TRUSTED CHAIN KEY

import { readFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';

const ANSWER = 'HTTP/1.0 200 OK\r\nContent-Length: 6\r\n\r\nlet in';
const refused = (why) => console.log(`refused ${why.code}: ${why.message}`);

function client(port, trusted, host, partial) {
  const ca = readFileSync(trusted);
  const name = net.isIP(host) ? { host } : { host, servername: host };
  const socket = net.connect(Number(port), '127.0.0.1');
  const secured = tls.connect({ socket, ...name, ca, allowPartialTrustChain: partial === 'partial' });
  secured.on('secureConnect', () => secured.write('GET / HTTP/1.0\r\n\r\n'));
  secured.on('data', (data) => console.log(String(data)));
  secured.on('error', refused);
}

function server(port, trusted, chain, key) {
  const [ca, cert, secret] = [trusted, chain, key].map((name) => readFileSync(name));
  const options = { ca, cert, key: secret, requestCert: true, rejectUnauthorized: true };
  const listening = tls.createServer(options, (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(ANSWER));
  });
  listening.listen(Number(port), '127.0.0.1');
}

const [side, ...rest] = process.argv.slice(2);
({ client, server })[side](...rest);
