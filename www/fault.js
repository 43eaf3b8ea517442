// The notice that the page shows when a program panics (src/fault.rs): its button copies the text to report.
//
// It is plain JavaScript, because the program that would do it has just stopped.

const WORDS = { copied: "Copied" };

const notice = document.getElementById("fault");
const place = document.getElementById("fault-place");
const button = document.getElementById("fault-copy");

/**
 * Shows the notice, gives it the focus and makes the page inert. A panic leaves the program in an unknown state, so others
 * may follow; the first one is the one to report.
 */
globalThis.rootlensFault = (text) => {
  if (!notice.hidden) return;
  place.textContent = text;
  document.getElementById("rootlens").inert = true;
  notice.hidden = false;
  notice.focus();
};

button.addEventListener("click", async () => {
  // Where there is no clipboard, the text stands selected for the reader's own keys.
  getSelection().selectAllChildren(place);
  const copied = await navigator.clipboard?.writeText(place.textContent).then(() => true, () => false);
  if (copied || document.execCommand("copy")) button.textContent = WORDS.copied;
});
