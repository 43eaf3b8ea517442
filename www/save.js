// Saves what the program exports as a file: the program hands over a name and a text, and nothing is sent.

/** Pixels of a picture for each of the drawing's: sharp on every screen, and on paper at 200 dots per inch. */
const SCALE = 2;

/** Pixels of a picture's longer side that every browser draws; a larger drawing gets fewer for each of its own. */
const LONGEST_SIDE = 8192;

const MEDIA_TYPES = { json: "application/json", md: "text/markdown", pem: "application/x-pem-file", svg: "image/svg+xml" };

/** What the program calls. A name that ends in `.png` takes the text, an SVG document, as a picture. */
globalThis.rootlensSave = async (name, text) => {
  const ending = name.slice(name.lastIndexOf(".") + 1);
  const type = MEDIA_TYPES[ending] ?? "text/plain";
  download(name, ending === "png" ? await picture(text) : new Blob([text], { type }));
};

/** The browser makes of the name what its file system takes. */
function download(name, blob) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { download: name, href }).click();
  // The click has begun the download, but the browser may read the blob a little later.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function picture(svg) {
  // The page's policy allows pictures that stand in their own address.
  const image = Object.assign(new Image(), { src: `data:image/svg+xml,${encodeURIComponent(svg)}` });
  await image.decode();
  const scale = Math.min(SCALE, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(image.width * scale);
  canvas.height = Math.round(image.height * scale);
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}
