//! Files and text as they come in from the browser: chosen, dropped, pasted, or handed over by the page around a frame.
//! An address that names an example no longer tells the truth then, so its fragment goes.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, Event, File, FileList};
use yew::Callback;

use super::share_panel::open_link;
use super::state::{Action, Refusal};
use super::{browser, words};
use crate::inventory::Input;
use crate::time::Timestamp;

/// Largest file that is read. Our own number: the largest public CA bundles stay under 1 MB, and everything is held
/// in the memory of one tab.
pub(crate) const MAX_FILE_BYTES: f64 = 20.0 * 1024.0 * 1024.0;

/// What a drop or a paste carries: files if there are any, else its text.
pub(crate) fn take_transfer(transfer: &DataTransfer, act: &Callback<Action>) -> bool {
    let files = list(transfer.files());
    if !files.is_empty() {
        take_files(files, act);
        return true;
    }
    let text = transfer.get_data("text/plain").unwrap_or_default();
    take_text(&text, act)
}

/// Text as one input; blank text is no input.
pub(crate) fn take_text(text: &str, act: &Callback<Action>) -> bool {
    let given = !text.trim().is_empty();
    if given && !open_link(text, Vec::new(), act) {
        browser::clear_fragment();
        let input = Input { name: words::PASTE_NAME.to_owned(), bytes: text.as_bytes().to_vec() };
        act.emit(Action::Arrived(vec![input], Vec::new()));
    }
    given
}

/// Reads the files one after the other and announces them together.
pub(crate) fn take_files(files: Vec<File>, act: &Callback<Action>) {
    browser::clear_fragment();
    let act = act.clone();
    spawn_local(async move {
        let (mut inputs, mut refusals) = (Vec::new(), Vec::new());
        for file in files {
            match read(&file).await {
                Ok(input) => inputs.push(input),
                Err(refusal) => refusals.push(refusal),
            }
        }
        if !open_saved_link(&inputs, &refusals, &act) {
            act.emit(Action::Arrived(inputs, refusals));
        }
    });
}

/// Shows the `files` of an event's `detail` instead of whatever was there, judged at its `at`, or now.
pub(crate) fn replace_by_files(event: &Event, act: &Callback<Action>) {
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let detail = member(event, "detail");
    let at = member(&detail, "at").as_string().and_then(|at| Timestamp::parse(&at));
    act.emit(Action::Cleared(at.unwrap_or_else(browser::now)));
    take_files(Array::from(&member(&detail, "files")).iter().map(JsCast::unchecked_into).collect(), act);
}

/// Opens the link of a file that holds nothing else, if no other file was read; `false` if there is none.
fn open_saved_link(inputs: &[Input], refusals: &[Refusal], act: &Callback<Action>) -> bool {
    let [input] = inputs else { return false };
    let text = std::str::from_utf8(&input.bytes).unwrap_or_default().trim();
    !text.contains(char::is_whitespace) && open_link(text, refusals.to_vec(), act)
}

/// The files of a list, which JavaScript gives one by one.
pub(crate) fn list(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

async fn read(file: &File) -> Result<Input, Refusal> {
    let name = file.name();
    if file.size() > MAX_FILE_BYTES {
        return Err(Refusal { reason: words::too_large(file.size(), MAX_FILE_BYTES), name });
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Ok(Input { name, bytes: Uint8Array::new(&buffer).to_vec() }),
        Err(_) => Err(Refusal { reason: words::UNREADABLE_FILE.to_owned(), name }),
    }
}
