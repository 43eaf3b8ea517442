//! The frame around the drawing: it scrolls where the drawing does not fit, zooms with buttons, keys and Ctrl + wheel,
//! and is dragged with the mouse. Touch screens pan by their own scrolling.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::Element;
use yew::prelude::*;

use super::highlight::Trace;
use super::picture::{GraphPicture, PREFIX, element};
use super::view_state::{ViewChange, ViewState};
use super::zoom;
use crate::scene::{Sample, Scene, picture};
use crate::ui::browser::size_observer::SizeObserver;
use crate::ui::icon;
use crate::ui::shared::Shared;
use crate::ui::state::Action;
use crate::ui::words::result as words;

/// The value of `buttons` while the primary button alone is held.
const PRIMARY_BUTTON: u16 = 1;

#[derive(Properties, PartialEq)]
pub(crate) struct GraphFrameProps {
    pub(crate) scene: Shared<Scene>,
    /// It is drawn for a desk or a telephone, as this is one; else another drawing is on its way.
    pub(crate) fits: bool,
    pub(crate) view: UseReducerHandle<ViewState>,
    pub(crate) selection: Option<usize>,
    pub(crate) trace: Option<Trace>,
    pub(crate) on_action: Callback<Action>,
}

#[component]
pub(crate) fn GraphFrame(props: &GraphFrameProps) -> Html {
    let GraphFrameProps { scene, fits, view, selection, trace, on_action } = props;
    let frame = use_node_ref();
    use_frame_width(&frame, view.dispatcher());
    use_wheel_zoom(&frame, view.scale, view.dispatcher());
    let DragHandlers { onpointerdown, onpointermove, onpointerup, onpointercancel } = use_drag(&frame);
    let scale = view.scale;
    let fitting = zoom::fitting(scene.width, view.frame_width);
    let size = |pixels: i32| ((f64::from(pixels) * scale).round() as i32).to_string();
    html! {
        <div class="rl-issuers__box">
            <div ref={frame} class="rl-issuers__frame" data-overflows={(fitting < scale).then_some("true")}
                {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
                <svg class="rl-drawing" data-fits={fits.to_string()} viewBox={format!("0 0 {} {}", scene.width, scene.height)}
                    width={size(scene.width)} height={size(scene.height)} role="graphics-document"
                    aria-labelledby="rl-graph-title" aria-describedby="rl-graph-description rl-graph-keys">
                    <title id="rl-graph-title">{ &scene.title }</title>
                    <desc id="rl-graph-description">{ &scene.description }</desc>
                    <GraphPicture {scene} {selection} trace={trace.clone()} focused={view.focused.clone()}
                        view={view.dispatcher()} {on_action} />
                </svg>
            </div>
            <p id="rl-graph-keys" class="rl-offscreen">{ words::GRAPH_KEYS }</p>
            <div class="rl-issuers__foot">
                <ul class="rl-legend" aria-label={words::LEGEND}>{ for scene.legend.iter().copied().map(legend_item) }</ul>
                { zoom_buttons(scale, fitting, &view.dispatcher()) }
            </div>
        </div>
    }
}

fn legend_item(sample: Sample) -> Html {
    html! { <li>{ element(&picture::sample(sample, PREFIX)) }{ sample.words() }</li> }
}

fn zoom_buttons(scale: f64, fitting: f64, view: &UseReducerDispatcher<ViewState>) -> Html {
    let button = |label: &'static str, path: &'static str, to: f64| {
        let view = view.clone();
        html! {
            <button type="button" class="rl-button rl-button--icon" aria-label={label} title={label}
                onclick={move |_: MouseEvent| view.dispatch(ViewChange::Scale(to))}>
                { icon::icon(path) }
            </button>
        }
    };
    html! {
        <div class="rl-issuers__zoom" role="group" aria-label={words::ZOOM}>
            { button(words::ZOOM_OUT, icon::MINUS, zoom::farther(scale)) }
            { button(words::ZOOM_FIT, icon::FIT, fitting) }
            { button(words::ZOOM_IN, icon::PLUS, zoom::closer(scale)) }
        </div>
    }
}

/// Reports the frame's inner width now and whenever it changes.
#[hook]
fn use_frame_width(frame: &NodeRef, view: UseReducerDispatcher<ViewState>) {
    use_effect_with(frame.clone(), move |frame| {
        let observer = frame.cast::<Element>().and_then(|element| {
            let observed = element.clone();
            SizeObserver::new(&element, move || view.dispatch(ViewChange::FrameWidth(observed.client_width())))
        });
        move || drop(observer)
    });
}

/// Ctrl + wheel (a pinch on a touch pad) zooms around the pointer; the plain wheel scrolls the page as ever.
///
/// The listener is the frame's own: Yew's `onwheel` would listen on the whole page, which could then scroll nowhere
/// before the program has answered.
#[hook]
fn use_wheel_zoom(frame: &NodeRef, scale: f64, view: UseReducerDispatcher<ViewState>) {
    // Where to scroll once the new scale is drawn.
    let pending_scroll = use_mut_ref(|| None::<(i32, i32)>);
    use_effect_with((frame.clone(), scale), move |(frame, scale)| {
        let scale = *scale;
        let listener = frame.cast::<Element>().map(|element| {
            if let Some((left, top)) = pending_scroll.take() {
                element.set_scroll_left(left);
                element.set_scroll_top(top);
            }
            let frame = element.clone();
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&element, "wheel", options, move |event| {
                let Some(wheel) = event.dyn_ref::<WheelEvent>().filter(|wheel| wheel.ctrl_key()) else { return };
                wheel.prevent_default();
                let to = if wheel.delta_y() < 0.0 { zoom::closer(scale) } else { zoom::farther(scale) };
                pending_scroll.replace(Some(scroll_around_pointer(&frame, wheel, scale, to)));
                view.dispatch(ViewChange::Scale(to));
            })
        });
        move || drop(listener)
    });
}

/// The scroll offsets at which what is under the pointer keeps its place.
fn scroll_around_pointer(frame: &Element, pointer: &WheelEvent, from: f64, to: f64) -> (i32, i32) {
    let area = frame.get_bounding_client_rect();
    let (x, y) = (pointer.client_x() - area.left() as i32, pointer.client_y() - area.top() as i32);
    (zoom::anchored(frame.scroll_left(), x, from, to), zoom::anchored(frame.scroll_top(), y, from, to))
}

/// Where a drag began: pointer and scroll offsets.
#[derive(Clone, Copy)]
struct Grip {
    pointer: (i32, i32),
    scroll: (i32, i32),
}

/// What the frame does while the mouse drags it, by the event of the pointer.
struct DragHandlers {
    onpointerdown: Callback<PointerEvent>,
    onpointermove: Callback<PointerEvent>,
    onpointerup: Callback<PointerEvent>,
    onpointercancel: Callback<PointerEvent>,
}

/// Dragging with the mouse scrolls the frame.
#[hook]
fn use_drag(frame: &NodeRef) -> DragHandlers {
    let grip = use_mut_ref(|| None::<Grip>);
    let onpointerdown = {
        let grip = Rc::clone(&grip);
        use_callback(frame.clone(), move |event: PointerEvent, frame| {
            let Some(element) = frame.cast::<Element>().filter(|_| is_mouse(&event)) else { return };
            let scroll = (element.scroll_left(), element.scroll_top());
            grip.replace(Some(Grip { pointer: (event.client_x(), event.client_y()), scroll }));
        })
    };
    let onpointermove = {
        let grip = Rc::clone(&grip);
        use_callback(frame.clone(), move |event: PointerEvent, frame| {
            let Some(element) = frame.cast::<Element>().filter(|_| is_mouse(&event)) else { return };
            let mut grip = grip.borrow_mut();
            // A button that was let go outside of the frame ends the drag without an event here.
            *grip = grip.filter(|_| event.buttons() == PRIMARY_BUTTON);
            if let Some(from) = *grip {
                element.set_scroll_left(from.scroll.0 + from.pointer.0 - event.client_x());
                element.set_scroll_top(from.scroll.1 + from.pointer.1 - event.client_y());
            }
        })
    };
    let release = use_callback((), move |event: PointerEvent, ()| {
        if is_mouse(&event) {
            grip.replace(None);
        }
    });
    DragHandlers { onpointerdown, onpointermove, onpointerup: release.clone(), onpointercancel: release }
}

fn is_mouse(event: &PointerEvent) -> bool {
    event.pointer_type() == "mouse"
}
