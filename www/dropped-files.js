// Gives the files of a drop, with those inside of folders that are dropped: the program gets a list of files, and knows no folder.

/**
 * A promise of the files in their order, those below a folder by their names. Once the event is over the browser forgets what was
 * dropped, so the entries are taken before anything is awaited.
 */
globalThis.rootlensDroppedFiles = (transfer) => {
  const files = [...transfer.files];
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const entries = items.map((item) => item.webkitGetAsEntry?.());
  const given = files.map((file, at) => (entries[at]?.isDirectory ? filesBelow(entries[at]) : [file]));
  return Promise.all(given).then((lists) => lists.flat());
};

async function filesBelow(entry) {
  if (entry.isFile) return [await new Promise((resolve) => entry.file(resolve, () => resolve(unreadable(entry))))];
  const lists = [];
  for (const child of await children(entry)) lists.push(await filesBelow(child));
  return lists.flat();
}

/** The browser hands them over in parts, and an empty one at the end. */
async function children(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const part = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (part.length === 0) return all.sort((one, other) => (one.name < other.name ? -1 : 1));
    all.push(...part);
  }
}

/** Something that fails when it is read, as a file does that went away: the page says so of it by its name. */
function unreadable({ name }) {
  return { name, size: 0, arrayBuffer: () => Promise.reject(new Error(name)) };
}
