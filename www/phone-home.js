// "Try to phone home": the page attempts to send something in every way it knows, and shows what became of it.
//
// An attempt counts as refused only where the browser reports that a policy stopped it. What a call returns says
// nothing: `sendBeacon` and `new WebSocket` answer as if they had worked. What no policy stopped is called open.

const WORDS = {
  title: "Does anything leave this page? Try it",
  lead:
    "Once it is loaded, this page forbids itself every connection, even to the host it came from, before it accepts a " +
    "certificate. The button makes it try all the same: it sends nothing of yours, only its own name. The browser notes " +
    "each refusal in its console. Enter the address of a server of your own to see there what arrives.",
  address: "Address to call",
  button: "Try to phone home",
  running: "Trying…",
  wrong: "This is no address of a server. Write one that begins with https:// or http://.",
  attempt: "Attempt",
  outcome: "What became of it",
  refused: (directive) => `Refused by ${directive}`,
  absent: "This browser does not have it",
  open: "Open",
  summary: (refused, open, absent) =>
    `${refused} of ${refused + open + absent} attempts were refused. ` +
    (open ? `This browser leaves ${open} open; the table says what they could tell.` : "None was left open.") +
    (absent ? ` ${absent} it does not have.` : ""),
  proves:
    "What this shows: in this browser, and as this page was served to you, its policy stops these ways. What it does not " +
    "show: that another page will not be served tomorrow, what extensions of the browser do, and ways that nobody has " +
    "thought of. Following a link is never stopped by a policy, and its address can carry data; rootlens leaves " +
    "the page for no address. The sure way is without a network: save rootlens.html and disconnect.",
  /** What an attempt that stays open could tell, by its name below. */
  could: {
    preconnect: "a connection without content: the server learns that somebody is there",
    "dns-prefetch": "a question for the address of a name: the name could carry data to who answers",
    WebRTC: "small packets to a server: its name and what the packets hold could carry data",
  },
  /** Attempts whose name is no name of the browser's own. */
  names: {
    worker: "worker that fetches",
    image: "image",
    style: "style sheet",
    script: "script",
    font: "font",
    video: "video",
    frame: "frame",
    form: "form",
    ping: "ping of a link",
  },
};

/** How long the browser may take to report a refusal: a few milliseconds, more on a busy machine. */
const PATIENCE_MS = 800;

/**
 * What each attempt does with an address. `reportedAs` is what the browser calls the address in its report, where that
 * is not the whole of it.
 */
const ATTEMPTS = [
  { name: "fetch", needs: "fetch", try: (url) => fetch(url, { mode: "no-cors" }) },
  { name: "XMLHttpRequest", needs: "XMLHttpRequest", try: (url) => call(new XMLHttpRequest(), url) },
  { name: "WebSocket", needs: "WebSocket", try: (url) => new WebSocket(url.replace(/^http/, "ws")) },
  { name: "EventSource", needs: "EventSource", try: (url) => new EventSource(url) },
  { name: "sendBeacon", try: (url) => navigator.sendBeacon(url, "rootlens") },
  { name: WORDS.names.worker, needs: "Worker", try: workerThatFetches, reportedAs: () => "blob" },
  { name: WORDS.names.image, try: (url) => Object.assign(new Image(), { src: url }) },
  { name: WORDS.names.style, try: (url) => add("link", { rel: "stylesheet", href: url }) },
  { name: WORDS.names.script, try: (url) => add("script", { src: url }) },
  { name: WORDS.names.font, needs: "FontFace", try: (url) => new FontFace("phone-home", `url("${url}")`).load() },
  { name: WORDS.names.video, try: (url) => add("video", { src: url }) },
  { name: WORDS.names.frame, try: (url) => add("iframe", { src: url, hidden: true }), reportedAs: (url) => new URL(url).origin },
  { name: WORDS.names.form, try: (url) => inFrame((target) => add("form", { action: url, method: "post", target }).submit()) },
  { name: WORDS.names.ping, try: (url) => inFrame((target) => add("a", { href: "about:blank", ping: url, target }).click()) },
  { name: "preload", try: (url) => add("link", { rel: "preload", as: "image", href: url }) },
  { name: "prefetch", try: (url) => add("link", { rel: "prefetch", href: url }) },
  { name: "preconnect", try: (url) => add("link", { rel: "preconnect", href: url }) },
  { name: "dns-prefetch", try: (url) => add("link", { rel: "dns-prefetch", href: url }) },
  { name: "WebRTC", needs: "RTCPeerConnection", try: askForPath },
];

/** Elements of the running attempt, which go when it is over. */
let added = [];

function add(tag, properties) {
  const element = Object.assign(document.createElement(tag), properties);
  added.push(element);
  document.getElementById("phone-home").append(element);
  return element;
}

/** What would leave the page goes into an empty frame instead, so that this page stays where it is. */
function inFrame(attempt) {
  attempt(add("iframe", { name: "phone-home-frame", hidden: true }).name);
}

function call(request, url) {
  request.open("POST", url);
  request.send("rootlens");
}

/** A worker has the page's policies, but hears of refusals itself, and so tells the page. */
function workerThatFetches(url) {
  const tell = ({ blockedURI, effectiveDirective }) => postMessage({ blockedURI, effectiveDirective });
  const script = `addEventListener("securitypolicyviolation", ${tell}); fetch(${JSON.stringify(url)}, { mode: "no-cors" })`;
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  worker.onmessage = ({ data }) => document.dispatchEvent(new SecurityPolicyViolationEvent("securitypolicyviolation", data));
  setTimeout(() => worker.terminate(), PATIENCE_MS);
}

/** Asks the server, as a STUN server, under which address it sees us: the first packets of every connection. */
async function askForPath(url) {
  const { hostname, port } = new URL(url);
  const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:${hostname}${port && `:${port}`}` }] });
  connection.createDataChannel("rootlens");
  await connection.setLocalDescription(await connection.createOffer());
  setTimeout(() => connection.close(), PATIENCE_MS);
}

/** `{ refusedBy }`, `{ absent: true }` or, where no policy stopped it, `{}`. */
async function outcome({ name, needs, try: attempt, reportedAs }, address) {
  if (needs && !(needs in globalThis)) return { absent: true };
  const url = new URL(`phone-home-${name.replaceAll(" ", "-")}`, address).href;
  const refusal = refusalOf([url, reportedAs?.(url)]);
  try {
    // A rejected promise is no refusal: there may be no server. It is only kept from the console.
    Promise.resolve(attempt(url)).catch(() => {});
  } catch {
    // Nor is what is thrown at once.
  }
  const refusedBy = await refusal;
  added.forEach((element) => element.remove());
  added = [];
  return refusedBy ? { refusedBy } : {};
}

/**
 * The directive by which the browser refuses an address, as soon as it says so; nothing if it does not. Both policies
 * report, so a report may well be that of the attempt before, and only the address tells them apart.
 */
function refusalOf(names) {
  return new Promise((resolve) => {
    const heard = ({ blockedURI, effectiveDirective }) => {
      if (names.includes(blockedURI.replace(/^ws/, "http").replace(/\?$/, ""))) finish(effectiveDirective);
    };
    const finish = (directive) => {
      document.removeEventListener("securitypolicyviolation", heard);
      resolve(directive);
    };
    document.addEventListener("securitypolicyviolation", heard);
    setTimeout(finish, PATIENCE_MS);
  });
}

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function row(attempt, { refusedBy, absent }) {
  const kind = refusedBy ? "refused" : absent ? "absent" : "open";
  const could = WORDS.could[attempt.name];
  const open = could ? `${WORDS.open}: ${could}` : WORDS.open;
  const words = { refused: WORDS.refused(refusedBy), absent: WORDS.absent, open }[kind];
  const made = element("tr", {}, element("th", { scope: "row", textContent: attempt.name }), element("td", { textContent: words }));
  Object.assign(made.dataset, { attempt: attempt.name, outcome: kind });
  return made;
}

/** The host this page came from, which its first policy would allow; a page from a file has none. */
function ownHost() {
  return location.protocol.startsWith("http") ? new URL(".", location).href.split("%23")[0] : "https://phone-home.invalid/";
}

function serverAt(text) {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url?.protocol.startsWith("http") ? url.href : null;
}

function fill(footer) {
  const address = element("input", { id: "phone-home-address", className: "rl-input", type: "url", required: true, value: ownHost() });
  const button = element("button", { className: "rl-button", type: "submit", textContent: WORDS.button });
  const form = element("form", { noValidate: true }, element("label", { htmlFor: address.id, textContent: WORDS.address }), address, button);
  const status = element("p", { role: "status" });
  const rows = element("tbody");
  const heads = [WORDS.attempt, WORDS.outcome].map((textContent) => element("th", { scope: "col", textContent }));
  const table = element("table", { hidden: true }, element("thead", {}, element("tr", {}, ...heads)), rows);
  footer.append(
    element(
      "details",
      {},
      element("summary", { textContent: WORDS.title }),
      element("p", { textContent: WORDS.lead }),
      form,
      status,
      table,
      element("p", { textContent: WORDS.proves }),
    ),
  );

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const server = serverAt(address.value);
    status.textContent = server ? WORDS.running : WORDS.wrong;
    if (!server) return address.focus();
    // A second run at the same time could take the refusals of the first for its own.
    button.disabled = true;
    rows.replaceChildren();
    table.hidden = false;
    for (const attempt of ATTEMPTS) rows.append(row(attempt, await outcome(attempt, server)));
    const number = (kind) => rows.querySelectorAll(`[data-outcome=${kind}]`).length;
    status.textContent = WORDS.summary(number("refused"), number("open"), number("absent"));
    button.disabled = false;
  });
}

fill(document.getElementById("phone-home"));
