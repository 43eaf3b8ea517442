//! What is given to the page: files that are chosen, dropped or handed over by the page around a frame, text that is
//! pasted, and links and examples that the address names. An address that names an example no longer tells the truth
//! once files arrive, so its fragment goes.

use std::future::ready;

use js_sys::{Array, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DataTransfer, Event, File, FileList};
use yew::Callback;

use super::{clear_fragment, fragment, now};
use crate::example::{self, Example};
use crate::messages::GivenFile;
use crate::share;
use crate::time::Timestamp;
use crate::ui::state::{Action, Refusal};
use crate::ui::words;

/// Largest file that is read. Our own number: the largest public CA bundles stay under 1 MB, and everything is held
/// in the memory of one tab.
const MAX_FILE_BYTES: f64 = 20.0 * 1024.0 * 1024.0;

/// Most bytes of all files that arrive together. Our own number: they are copied on their way to the inspector, and a tab has a
/// few gigabytes at most.
const MAX_BYTES_TOGETHER: f64 = 200.0 * 1024.0 * 1024.0;

/// Most files that arrive together: a folder may hold any number.
const MAX_FILES_TOGETHER: usize = 10_000;

#[wasm_bindgen]
extern "C" {
    /// From `www/dropped-files.js`: a promise of the files of a drop, with those inside of folders.
    #[wasm_bindgen(catch, js_name = rootlensDroppedFiles)]
    fn dropped_files(transfer: &DataTransfer) -> Result<Promise, JsValue>;
}

/// Opens what the address holds, a link, or names, an example. Without a fragment (the way back from an example) the
/// page is as it was at first; other fragments are none of ours.
pub(crate) fn open_address(on_action: &Callback<Action>) {
    let fragment = fragment();
    let action = if fragment.is_empty() {
        Some(Action::Cleared(now()))
    } else {
        link_in(&fragment, Vec::new()).or_else(|| opened_example(fragment.strip_prefix("example=")?))
    };
    if let Some(action) = action {
        on_action.emit(action);
    }
}

/// What a drop or a paste carries: files if there are any, else its text. `false` if it carries nothing.
pub(crate) fn take_transfer(transfer: &DataTransfer, on_action: &Callback<Action>) -> bool {
    let files = list(transfer.files());
    if !files.is_empty() {
        match dropped_files(transfer) {
            Ok(dropped) => take(with_those_in_folders(dropped, files), on_action),
            Err(_) => take_files(files, on_action),
        }
        return true;
    }
    let text = transfer.get_data("text/plain").unwrap_or_default();
    take_text(&text, on_action)
}

/// Text as one input, or the link that it holds; blank text is neither, and gives `false`.
pub(crate) fn take_text(text: &str, on_action: &Callback<Action>) -> bool {
    if text.trim().is_empty() {
        return false;
    }
    on_action.emit(link_in(text, Vec::new()).unwrap_or_else(|| {
        clear_fragment();
        let paste = GivenFile { name: words::PASTE_NAME.to_owned(), bytes: text.as_bytes().to_vec() };
        Action::Arrived(vec![paste], Vec::new())
    }));
    true
}

/// Reads the files one after the other and announces them together.
pub(crate) fn take_files(files: Vec<File>, on_action: &Callback<Action>) {
    take(ready(files), on_action);
}

/// What was `dropped`, or these files where the browser does not tell.
async fn with_those_in_folders(dropped: Promise, files: Vec<File>) -> Vec<File> {
    match JsFuture::from(dropped).await {
        Ok(dropped) => Array::from(&dropped).iter().map(JsCast::unchecked_into).collect(),
        Err(_) => files,
    }
}

fn take(files: impl Future<Output = Vec<File>> + 'static, on_action: &Callback<Action>) {
    clear_fragment();
    let on_action = on_action.clone();
    spawn_local(async move {
        let (given, refusals) = read_all(&files.await).await;
        let link = saved_link(&given).and_then(|text| link_in(text, refusals.clone()));
        on_action.emit(link.unwrap_or(Action::Arrived(given, refusals)));
    });
}

/// Shows the `files` of an event's `detail` instead of whatever was there, judged at its `at`, or now.
pub(crate) fn replace_by_files(event: &Event, on_action: &Callback<Action>) {
    let member = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap_or_default();
    let detail = member(event, "detail");
    let at = member(&detail, "at").as_string().and_then(|at| Timestamp::parse(&at));
    on_action.emit(Action::Cleared(at.unwrap_or_else(now)));
    take_files(Array::from(&member(&detail, "files")).iter().map(JsCast::unchecked_into).collect(), on_action);
}

/// The files of a list, which JavaScript gives one by one.
pub(crate) fn list(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|index| files.get(index)).collect()
}

/// What happens with a text that holds a link; `None` if it holds none. `refusals` is what was given beside it and not read.
fn link_in(text: &str, refusals: Vec<Refusal>) -> Option<Action> {
    share::holds_link(text).then(|| Action::LinkArrived(text.into(), refusals))
}

/// Opens the example of this name, if there is one.
fn opened_example(name: &str) -> Option<Action> {
    let example = example::find(name)?;
    Some(Action::ExampleOpened(files_of(example), Timestamp::parse(example.at)?))
}

/// The files of an example, as if they were given.
pub(crate) fn files_of(example: &Example) -> Vec<GivenFile> {
    let files = example.files.iter();
    files.map(|file| GivenFile { name: file.name.to_owned(), bytes: file.text.as_bytes().to_vec() }).collect()
}

/// The text of the only file, if it is one word, as a saved link is.
fn saved_link(files: &[GivenFile]) -> Option<&str> {
    let [file] = files else { return None };
    let text = std::str::from_utf8(&file.bytes).ok()?.trim();
    (!text.contains(char::is_whitespace)).then_some(text)
}

/// As many as may arrive together; what is left out is refused in one message.
async fn read_all(files: &[File]) -> (Vec<GivenFile>, Vec<Refusal>) {
    let (mut given, mut refusals, mut bytes) = (Vec::new(), Vec::new(), 0.0);
    for (index, file) in files.iter().enumerate() {
        bytes += file.size();
        if index >= MAX_FILES_TOGETHER || bytes > MAX_BYTES_TOGETHER {
            let reason = words::too_much(files.len() - index, MAX_FILES_TOGETHER, MAX_BYTES_TOGETHER);
            refusals.push(Refusal { name: file.name(), reason });
            break;
        }
        match read(file).await {
            Ok(file) => given.push(file),
            Err(refusal) => refusals.push(refusal),
        }
    }
    (given, refusals)
}

async fn read(file: &File) -> Result<GivenFile, Refusal> {
    let name = file.name();
    if file.size() > MAX_FILE_BYTES {
        return Err(Refusal { reason: words::too_large(file.size(), MAX_FILE_BYTES), name });
    }
    match JsFuture::from(file.array_buffer()).await {
        Ok(buffer) => Ok(GivenFile { name, bytes: Uint8Array::new(&buffer).to_vec() }),
        Err(_) => Err(Refusal { reason: words::UNREADABLE_FILE.to_owned(), name }),
    }
}
