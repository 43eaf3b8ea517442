// The notice that the page shows when the program panics (src/ui/fault.rs unhides it): its button copies the text to report.
//
// It is plain JavaScript, because the program that would do it has just stopped.

const WORDS = { copied: "Copied" };

const place = document.getElementById("fault-place");
const button = document.getElementById("fault-copy");

button.addEventListener("click", async () => {
  // Where there is no clipboard, the text stands selected for the reader's own keys.
  getSelection().selectAllChildren(place);
  const copied = await navigator.clipboard?.writeText(place.textContent).then(() => true, () => false);
  if (copied || document.execCommand("copy")) button.textContent = WORDS.copied;
});
