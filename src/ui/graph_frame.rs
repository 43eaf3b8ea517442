//! The frame around the drawing: it scrolls where the drawing does not fit, zooms with buttons, keys and Ctrl + wheel,
//! and is dragged with the mouse. Touch screens pan by their own scrolling.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::graph_picture::{self, Handlers, PREFIX, Shown};
use super::graph_view::{Change, Look};
use super::listener::{Listener, SizeObserver};
use super::markup::{each, flag, list, markup};
use super::shared::Shared;
use super::state::Action;
use super::words::result as words;
use super::{icon, zoom};
use crate::scene::{LegendItem, Scene, picture};

/// The frame's element, and what follows what is done to it.
pub(crate) struct Frame {
    element: NodeRef,
    drag: Callback<Event>,
    gestures: Rc<Cell<Gestures>>,
    change: Callback<Change>,
    followed: Option<Followed>,
}

/// What is listened to: anew for every scale, and whenever the drawing comes back from being a table.
struct Followed {
    scale: f64,
    _size: Option<SizeObserver>,
    _wheel: Listener,
}

pub(crate) fn graph_frame(
    scene: &Shared<Scene>,
    shown: &Shown,
    look: &Look,
    frame: &Frame,
    act: &Callback<Action>,
    change: &Callback<Change>,
) -> Html {
    let scale = look.scale;
    let handlers = Handlers::new(scene, act, change);
    let tab_stop = scene.nodes.iter().position(|node| node.key == look.focused).unwrap_or_default();
    let size = |pixels: i32| ((f64::from(pixels) * scale).round() as i32).to_string();
    markup!(
        "<div class='rl-issuers__box'>
            <div ref={} class='rl-issuers__frame' data-overflows={}
                onpointerdown={} onpointermove={} onpointerup={} onpointercancel={}>
                <svg class='rl-drawing' viewBox={} width={} height={} role='graphics-document'
                    aria-labelledby='rl-graph-title' aria-describedby='rl-graph-description rl-graph-keys'
                    onclick={} onkeydown={} onfocusin={}>
                    <title id='rl-graph-title'>{}</title>
                    <desc id='rl-graph-description'>{}</desc>
                    {}
                </svg>
            </div>
            <p id='rl-graph-keys' class='rl-offscreen'>{}</p>
            <div class='rl-issuers__foot'>{}{}</div>
        </div>",
        frame.element.clone(),
        flag(zoom::fitting(scene.width, look.room) < scale),
        frame.drag.clone(),
        frame.drag.clone(),
        frame.drag.clone(),
        frame.drag.clone(),
        ["0 0 ", &scene.width.to_string(), " ", &scene.height.to_string()].concat(),
        size(scene.width),
        size(scene.height),
        handlers.click,
        handlers.key,
        handlers.focus,
        &scene.title,
        &scene.description,
        graph_picture::picture(scene, shown, tab_stop),
        words::GRAPH_KEYS,
        legend(scene),
        zoom_buttons(scale, zoom::fitting(scene.width, look.room), change),
    )
}

fn legend(scene: &Scene) -> Html {
    let item = |item: &LegendItem| {
        markup!("<li>{}{}</li>", graph_picture::element(&picture::sample(item.sample, PREFIX)), item.words)
    };
    markup!("<ul class='rl-legend' aria-label={}>{}</ul>", words::LEGEND, each(&scene.legend, item))
}

fn zoom_buttons(scale: f64, fitting: f64, change: &Callback<Change>) -> Html {
    let button = |label: &str, path: &'static str, to: f64| {
        markup!(
            "<button type='button' class='rl-button rl-button--icon' aria-label={} title={} onclick={}>{}</button>",
            label,
            label,
            change.reform(move |_: Event| Change::Scale(to)),
            icon::icon(path),
        )
    };
    markup!(
        "<div class='rl-issuers__zoom' role='group' aria-label={}>{}</div>",
        words::ZOOM,
        list(vec![
            button(words::ZOOM_OUT, icon::MINUS, zoom::farther(scale)),
            button(words::ZOOM_FIT, icon::FIT, fitting),
            button(words::ZOOM_IN, icon::PLUS, zoom::closer(scale)),
        ]),
    )
}

/// What goes on between two events.
#[derive(Clone, Copy, Default)]
struct Gestures {
    /// Where a drag began: pointer and scroll offsets.
    grip: Option<((i32, i32), (i32, i32))>,
    /// Where to scroll once the new scale is drawn.
    scroll: Option<(i32, i32)>,
}

impl Frame {
    pub(crate) fn new(change: &Callback<Change>) -> Frame {
        let (element, gestures) = (NodeRef::default(), Rc::<Cell<Gestures>>::default());
        Frame { drag: drag(&element, &gestures), element, gestures, change: change.clone(), followed: None }
    }

    /// Follows the frame's size and the wheel over it once it is drawn.
    pub(crate) fn follow(&mut self, look: &Look) {
        let scale = look.scale;
        let Some(element) = self.element.cast::<Element>().filter(|_| !look.as_table) else {
            self.followed = None;
            return;
        };
        if self.followed.as_ref().is_none_or(|followed| followed.scale != scale) {
            let size = follow_size(&element, self.change.clone());
            let wheel = follow_wheel(&element, scale, &self.gestures, self.change.clone());
            self.followed = Some(Followed { scale, _size: size, _wheel: wheel });
        }
    }
}

/// Reports the inner width now and whenever it changes.
fn follow_size(element: &Element, change: Callback<Change>) -> Option<SizeObserver> {
    let observed = element.clone();
    SizeObserver::new(element, move || change.emit(Change::Room(observed.client_width())))
}

/// Ctrl + wheel (a pinch on a touch pad) zooms around the pointer; the plain wheel scrolls the page as ever.
fn follow_wheel(element: &Element, scale: f64, gestures: &Rc<Cell<Gestures>>, change: Callback<Change>) -> Listener {
    if let Some((left, top)) = gestures.take().scroll {
        element.set_scroll_left(left);
        element.set_scroll_top(top);
    }
    let (target, gestures) = (element.clone(), Rc::clone(gestures));
    Listener::new(element, "wheel", move |event| {
        let wheel: &WheelEvent = event.unchecked_ref();
        if !wheel.ctrl_key() {
            return;
        }
        wheel.prevent_default();
        let to = if wheel.delta_y() < 0.0 { zoom::closer(scale) } else { zoom::farther(scale) };
        let area = target.get_bounding_client_rect();
        let (x, y) = (wheel.client_x() - area.left() as i32, wheel.client_y() - area.top() as i32);
        let left = zoom::anchored(target.scroll_left(), x, scale, to);
        let top = zoom::anchored(target.scroll_top(), y, scale, to);
        gestures.set(Gestures { scroll: Some((left, top)), ..gestures.get() });
        change.emit(Change::Scale(to));
    })
}

/// Dragging with the mouse scrolls the frame.
fn drag(frame: &NodeRef, gestures: &Rc<Cell<Gestures>>) -> Callback<Event> {
    let (frame, gestures) = (frame.clone(), Rc::clone(gestures));
    Callback::from(move |event: Event| {
        let event: &PointerEvent = event.unchecked_ref();
        let Some(element) = frame.cast::<Element>().filter(|_| event.pointer_type() == "mouse") else { return };
        let pointer = (event.client_x(), event.client_y());
        let grip = match (event.type_().as_str(), gestures.get().grip) {
            ("pointerdown", _) => Some((pointer, (element.scroll_left(), element.scroll_top()))),
            ("pointermove", Some((from, scroll))) if event.buttons() == 1 => {
                element.set_scroll_left(scroll.0 + from.0 - pointer.0);
                element.set_scroll_top(scroll.1 + from.1 - pointer.1);
                return;
            }
            _ => None,
        };
        gestures.set(Gestures { grip, ..gestures.get() });
    })
}
