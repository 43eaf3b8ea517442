//! The frame around the drawing: it scrolls where the drawing does not fit, zooms with buttons, keys and Ctrl + wheel,
//! and is dragged with the mouse. Touch screens pan by their own scrolling.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

use super::graph_picture::{self, Handlers, PREFIX};
use super::listener::Listener;
use super::shared::Shared;
use super::state::Action;
use super::{icon, zoom};
use crate::scene::{LegendItem, Scene, picture};

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) scene: Shared<Scene>,
    pub(crate) selection: Option<usize>,
    pub(crate) act: Callback<Action>,
    /// The frame's width in pixels, once it is known.
    pub(crate) room: Option<i32>,
    /// Takes the frame's width whenever it changes.
    pub(crate) measured: Callback<i32>,
    /// Shows the table instead.
    pub(crate) show_table: Callback<bool>,
}

#[component]
pub(crate) fn GraphFrame(props: &Props) -> Html {
    let frame = use_node_ref();
    let focused = use_state_eq(String::new);
    let chosen = use_state_eq(|| None::<f64>);
    let scene = &props.scene;
    let fitting = zoom::fitting(scene.width, props.room);
    let scale = chosen.unwrap_or(fitting);
    let zoom_to = chosen.setter().to_callback();
    use_room(frame.clone(), props.measured.clone());
    use_wheel_zoom(frame.clone(), scale, zoom_to.clone());
    let drag = use_drag(frame.clone());
    let handlers = Handlers {
        select: props.act.reform(|certificate| Action::Selected(Some(certificate))),
        focused: focused.setter().to_callback(),
        show_table: props.show_table.clone(),
    };
    let tab_stop = scene.nodes.iter().position(|node| node.key == *focused).unwrap_or_default();
    let size = |pixels: i32| ((f64::from(pixels) * scale).round() as i32).to_string();
    html! {
        <div class="rl-issuers__box">
            <div ref={frame} class="rl-issuers__frame" data-overflows={(fitting < scale || overflows(props, scale)).then_some("true")}
                onpointerdown={drag.clone()} onpointermove={drag.clone()} onpointerup={drag.clone()}
                onpointercancel={drag}>
                <svg class="rl-drawing" viewBox={["0 0 ", &scene.width.to_string(), " ", &scene.height.to_string()].concat()}
                    width={size(scene.width)} height={size(scene.height)} role="graphics-document"
                    aria-labelledby="rl-graph-title" aria-describedby="rl-graph-description rl-graph-keys">
                    <title id="rl-graph-title">{ &scene.title }</title>
                    <desc id="rl-graph-description">{ &scene.description }</desc>
                    { graph_picture::picture(scene, props.selection, tab_stop, &handlers) }
                </svg>
            </div>
            <p id="rl-graph-keys" class="rl-offscreen">
                { "Arrow keys move along the lines, Enter opens the details, Home and End lead to the first and last box." }
            </p>
            <div class="rl-issuers__foot">{ legend(scene) }{ zoom_buttons(scale, zoom_to) }</div>
        </div>
    }
}

fn overflows(props: &Props, scale: f64) -> bool {
    props.room.is_some_and(|room| f64::from(room) + 1.0 < f64::from(props.scene.width) * scale)
}

fn legend(scene: &Scene) -> Html {
    let item = |item: &LegendItem| {
        html! { <li>{ graph_picture::element(&picture::sample(item.sample, PREFIX)) }{ item.words }</li> }
    };
    html! { <ul class="rl-legend" aria-label="Legend">{ for scene.legend.iter().map(item) }</ul> }
}

fn zoom_buttons(scale: f64, zoom_to: Callback<Option<f64>>) -> Html {
    let button = |label: &'static str, path: &'static str, to: Option<f64>| {
        html! {
            <button type="button" class="rl-button rl-button--icon" aria-label={label} title={label}
                onclick={zoom_to.reform(move |_: MouseEvent| to)}>{ icon::icon(path) }</button>
        }
    };
    html! {
        <div class="rl-issuers__zoom" role="group" aria-label="Zoom">
            { button("Zoom out", icon::MINUS, Some(zoom::farther(scale))) }
            { button("Fit", icon::FIT, None) }
            { button("Zoom in", icon::PLUS, Some(zoom::closer(scale))) }
        </div>
    }
}

/// Reports the frame's inner width now and whenever it changes.
#[hook]
fn use_room(frame: NodeRef, measured: Callback<i32>) {
    use_effect_with(frame, move |frame| {
        let observed = frame.cast::<Element>().and_then(|element| {
            let target = element.clone();
            let report = Closure::<dyn FnMut(JsValue)>::new(move |_| measured.emit(target.client_width()));
            let observer = ResizeObserver::new(report.as_ref().unchecked_ref()).ok()?;
            observer.observe(&element);
            Some((observer, report))
        });
        move || {
            if let Some((observer, _report)) = observed {
                observer.disconnect();
            }
        }
    });
}

/// Ctrl + wheel (a pinch on a touch pad) zooms around the pointer; the plain wheel scrolls the page as ever.
#[hook]
fn use_wheel_zoom(frame: NodeRef, scale: f64, zoom_to: Callback<Option<f64>>) {
    let pending = use_mut_ref(|| None::<(i32, i32)>);
    {
        let (frame, pending) = (frame.clone(), Rc::clone(&pending));
        use_effect_with(scale, move |_| {
            if let (Some(element), Some((left, top))) = (frame.cast::<Element>(), pending.take()) {
                element.set_scroll_left(left);
                element.set_scroll_top(top);
            }
        });
    }
    use_effect_with((frame, scale), move |(frame, scale)| {
        let scale = *scale;
        let listener = frame.cast::<Element>().map(|element| {
            let target = element.clone();
            Listener::new(&element, "wheel", move |event| {
                let Some(wheel) = event.dyn_ref::<WheelEvent>().filter(|wheel| wheel.ctrl_key()) else { return };
                wheel.prevent_default();
                let to = if wheel.delta_y() < 0.0 { zoom::closer(scale) } else { zoom::farther(scale) };
                let area = target.get_bounding_client_rect();
                let (x, y) = (wheel.client_x() - area.left() as i32, wheel.client_y() - area.top() as i32);
                let left = zoom::anchored(target.scroll_left(), x, scale, to);
                let top = zoom::anchored(target.scroll_top(), y, scale, to);
                pending.replace(Some((left, top)));
                zoom_to.emit(Some(to));
            })
        });
        move || drop(listener)
    });
}

/// Where a drag began: pointer and scroll offsets.
#[derive(Clone, Copy)]
struct Grip {
    pointer: (i32, i32),
    scroll: (i32, i32),
}

/// Dragging with the mouse scrolls the frame.
#[hook]
fn use_drag(frame: NodeRef) -> Callback<PointerEvent> {
    let grip = use_memo((), |()| Cell::new(None::<Grip>));
    use_callback(frame, move |event: PointerEvent, frame| {
        let Some(element) = frame.cast::<Element>().filter(|_| event.pointer_type() == "mouse") else { return };
        let pointer = (event.client_x(), event.client_y());
        match (event.type_().as_str(), grip.get()) {
            ("pointerdown", _) => {
                grip.set(Some(Grip { pointer, scroll: (element.scroll_left(), element.scroll_top()) }));
            }
            ("pointermove", Some(from)) if event.buttons() == 1 => {
                element.set_scroll_left(from.scroll.0 + from.pointer.0 - pointer.0);
                element.set_scroll_top(from.scroll.1 + from.pointer.1 - pointer.1);
            }
            _ => grip.set(None),
        }
    })
}
