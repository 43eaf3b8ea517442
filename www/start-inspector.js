// Starts the inspector, the program that reads certificates (src/inspector), and carries what page and inspector say to
// each other (src/messages.rs).
//
// It runs in a worker, so that the page answers meanwhile. The worker is made of a blob, because such a worker keeps the
// page's policies: it can speak to nobody either. Where a browser refuses it, the inspector runs in the page itself.

const WORDS = {
  refused: (reason) => `This browser refuses a worker (${reason}); rootlens reads certificates on the page's own thread.`,
  // Why is in the browser's console: what an error says might quote a file.
  stopped: "the inspector stopped",
};

/** What came before the page listened. */
const waiting = [];
let hear = (event) => waiting.push(event);

/** The page hears every event from here on, those included that came before. */
globalThis.rootlensHear = (listener) => {
  hear = listener;
  waiting.splice(0).forEach(listener);
};

/** Whether the browser lets this page have a worker: known before the parts of the inspector are loaded. */
globalThis.rootlensHasWorkers = () =>
  new Promise((resolve, reject) => {
    const worker = workerOf("postMessage(0)");
    worker.onmessage = () => {
      worker.terminate();
      resolve(true);
    };
    worker.onerror = reject;
  }).catch((error) => {
    console.warn(WORDS.refused(error.message ?? error.type));
    return false;
  });

/**
 * Starts the inspector: in a worker, given the text of its JavaScript, or in the page, given its `entry`. `program` promises the
 * compiled WebAssembly; `roots` is the file of public roots, which may be undefined.
 */
globalThis.rootlensInspect = (parts) => {
  const ready = parts.entry ? inPage(parts) : inWorker(parts);
  ready.catch(() => rootlensFault(WORDS.stopped));
  // Requests keep their order: each waits for the same promise.
  globalThis.rootlensAsk = (request) => void ready.then((ask) => ask(request));
};

/**
 * No module: a page from the disk may not make a worker of one. The address of the script is needed until it has been
 * fetched, which no event tells, so it stays.
 */
function workerOf(...script) {
  return new Worker(URL.createObjectURL(new Blob(script, { type: "text/javascript" })));
}

/** Gives the function that hands over a request, once the inspector has sent its first event. */
function inWorker({ javaScript, program, roots }) {
  return new Promise((resolve, reject) => {
    const worker = workerOf(javaScript, `;(${serve})();`);
    worker.onerror = reject;
    worker.onmessage = ({ data: { event, fault } }) => {
      worker.onerror = () => rootlensFault(WORDS.stopped);
      resolve((request) => worker.postMessage(request, [request.buffer]));
      if (fault) rootlensFault(fault);
      else hear(event);
    };
    program.then((compiled) => worker.postMessage({ program: compiled, roots })).catch(reject);
  });
}

async function inPage({ entry, program, roots }) {
  globalThis.rootlensPublicRoots = roots;
  globalThis.rootlensReply = (event) => hear(event);
  await entry({ module_or_path: await program });
  return globalThis.rootlensRequest;
}

/** The worker's own part: it stands behind the program's JavaScript, whose entry is `wasm_bindgen`. */
function serve() {
  onmessage = ({ data: { program, roots } }) => {
    globalThis.rootlensPublicRoots = roots;
    globalThis.rootlensReply = (event) => postMessage({ event }, [event.buffer]);
    globalThis.rootlensFault = (fault) => postMessage({ fault });
    onmessage = ({ data }) => rootlensRequest(data);
    return wasm_bindgen({ module_or_path: program });
  };
}
