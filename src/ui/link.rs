//! Opening links, from the address or from what was pasted or dropped.

use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::inflate::inflated;
use super::state::{Action, Refusal};
use super::words;
use crate::share::{self, Content, Damage};

/// Opens the link in some text; `false` if there is none.
pub(crate) fn open_link(text: &str, act: &Callback<Action>) -> bool {
    let read = share::read(text);
    let is_link = read != Err(Damage::NotALink);
    if is_link {
        let act = act.clone();
        spawn_local(async move {
            act.emit(match content(read).await {
                Ok(content) => Action::LinkOpened(content.inputs(), content.choices()),
                Err(damage) => {
                    let refusal = Refusal { name: words::LINK_NAME.to_owned(), reason: damage.message().to_owned() };
                    Action::Arrived(Vec::new(), vec![refusal])
                }
            });
        });
    }
    is_link
}

async fn content(packed: Result<Vec<u8>, Damage>) -> Result<Content, Damage> {
    let packed = packed?;
    let bytes = inflated(&packed, share::inflated_limit(packed.len())).await;
    Content::unpack(&bytes.ok_or(Damage::Broken)?)
}
