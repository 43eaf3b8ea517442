//! Markup with holes: the parts of the page are written as the HTML that they become.
//!
//! The `html!` of Yew compiles every element and attribute to code of its own, which made the parts of the page the
//! largest piece of the program. A template is one constant instead, read when its part is drawn:
//!
//! ```text
//! markup!("<p class='rl-hint' title={}><strong>{}</strong> was not read.</p>", reason, name)
//! ```
//!
//! Values of attributes stand in single quotes. A hole is `{}`, as content or as the whole value of an attribute;
//! nothing in the value of an attribute leaves the attribute out. `onclick={}` takes a callback, `.value={}` sets a
//! property, `key={}` and `ref={}` are Yew's. Line breaks with the indentation around them are layout, not text.
//!
//! Only constants of the program are read as markup. What fills a hole becomes a text node or a value, never markup.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::slice::IterMut;

use web_sys::Event;
use yew::prelude::*;
use yew::virtual_dom::{AttributeOrProperty, Attributes, Key, Listener, ListenerKind, VList, VTag, VText};

/// Draws a template; the number of its holes and the balance of its tags are checked when it is compiled.
macro_rules! markup {
    ($template:expr $(, $hole:expr)* $(,)?) => {{
        const _: () = $crate::ui::markup::check($template, &[$(stringify!($hole)),*]);
        $crate::ui::markup::fill($template, &mut [$($crate::ui::markup::Hole::from($hole)),*])
    }};
}
pub(super) use markup;

/// What fills a hole.
#[derive(Default)]
pub(crate) enum Hole<'a> {
    /// An attribute is left out, content is empty.
    #[default]
    Nothing,
    /// Text, or the value of an attribute.
    Text(&'a str),
    /// The same, made for the hole.
    Words(String),
    /// Content.
    Node(Html),
    /// The handler of an event.
    Call(Callback<Event>),
    /// Takes hold of the element.
    Place(NodeRef),
}

impl<'a> From<&'a str> for Hole<'a> {
    fn from(text: &'a str) -> Hole<'a> {
        Hole::Text(text)
    }
}

impl<'a> From<&'a String> for Hole<'a> {
    fn from(text: &'a String) -> Hole<'a> {
        Hole::Text(text)
    }
}

impl From<String> for Hole<'_> {
    fn from(text: String) -> Self {
        Hole::Words(text)
    }
}

impl From<usize> for Hole<'_> {
    fn from(number: usize) -> Self {
        Hole::Words(number.to_string())
    }
}

/// For attributes that are there or not, such as `hidden`. Those of ARIA have words: see [`truth`].
impl From<bool> for Hole<'_> {
    fn from(is_there: bool) -> Self {
        if is_there { Hole::Text("") } else { Hole::Nothing }
    }
}

impl From<Html> for Hole<'_> {
    fn from(node: Html) -> Self {
        Hole::Node(node)
    }
}

impl From<Vec<Html>> for Hole<'_> {
    fn from(nodes: Vec<Html>) -> Self {
        Hole::Node(list(nodes))
    }
}

impl From<Callback<Event>> for Hole<'_> {
    fn from(call: Callback<Event>) -> Self {
        Hole::Call(call)
    }
}

impl From<NodeRef> for Hole<'_> {
    fn from(place: NodeRef) -> Self {
        Hole::Place(place)
    }
}

impl<'a, T: Into<Hole<'a>>> From<Option<T>> for Hole<'a> {
    fn from(value: Option<T>) -> Hole<'a> {
        value.map(Into::into).unwrap_or_default()
    }
}

impl Hole<'_> {
    fn text(self) -> Option<AttrValue> {
        match self {
            Hole::Text(text) => Some(AttrValue::Rc(text.into())),
            Hole::Words(text) => Some(AttrValue::Rc(text.into())),
            _ => None,
        }
    }

    fn node(self) -> Html {
        match self {
            Hole::Node(node) => node,
            other => other.text().map(|text| VText::new(text).into()).unwrap_or_default(),
        }
    }
}

/// The value of an ARIA attribute.
pub(crate) fn truth(is_true: bool) -> &'static str {
    if is_true { "true" } else { "false" }
}

/// Nodes one after the other.
pub(crate) fn list(nodes: Vec<Html>) -> Html {
    VList::with_children(nodes, None).into()
}

/// Draws every item of a list.
pub(crate) fn each<T>(items: &[T], draw: impl Fn(&T) -> Html) -> Vec<Html> {
    items.iter().map(draw).collect()
}

/// Refuses to compile a template with another number of holes, or with tags that do not match in number.
pub(crate) const fn check(template: &str, holes: &[&str]) {
    let (mut found, mut open) = (0, 0);
    let mut rest = template.as_bytes();
    while let [first, after @ ..] = rest {
        match (*first, after) {
            (b'{', [b'}', ..]) => found += 1,
            (b'<', [b'/', ..]) | (b'/', [b'>', ..]) => open -= 1,
            (b'<', _) => open += 1,
            _ => {}
        }
        rest = after;
    }
    assert!(found == holes.len(), "as many values as holes");
    assert!(open == 0, "every element is closed");
}

/// Draws a template; see [`markup`], which checks it first.
pub(crate) fn fill(template: &'static str, holes: &mut [Hole]) -> Html {
    let mut nodes = Reader { rest: template, holes: holes.iter_mut() }.nodes();
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => {
            nodes.extend(last);
            list(nodes)
        }
    }
}

/// Reads a template from its beginning.
struct Reader<'h, 'a> {
    rest: &'static str,
    holes: IterMut<'h, Hole<'a>>,
}

impl<'a> Reader<'_, 'a> {
    /// Everything up to the next closing tag, which is read too.
    fn nodes(&mut self) -> Vec<Html> {
        let mut nodes = Vec::new();
        loop {
            let text = self.until(b"<{");
            let text = if text.contains('\n') { text.trim() } else { text };
            if !text.is_empty() {
                nodes.push(VText::new(text).into());
            }
            if self.skip("</") {
                self.until(b">");
                self.skip(">");
                return nodes;
            } else if self.skip("<") {
                nodes.push(self.element());
            } else if self.rest.is_empty() {
                return nodes;
            } else {
                nodes.push(self.hole().node());
            }
        }
    }

    fn element(&mut self) -> Html {
        let mut tag = VTag::new(self.until(b" />\n"));
        let (mut names, mut values) = (Vec::new(), Vec::new());
        loop {
            while self.skip(" ") || self.skip("\n") {}
            if self.skip("/>") || self.rest.is_empty() {
                break;
            }
            if self.skip(">") {
                tag.add_children(self.nodes());
                break;
            }
            let name = self.until(b"=");
            self.skip("=");
            names.push(name.strip_prefix('.').unwrap_or(name));
            if self.skip("'") {
                values.push(Some(AttributeOrProperty::Attribute(AttrValue::Static(self.until(b"'")))));
                self.skip("'");
            } else {
                values.push(set(&mut tag, name, self.hole()));
            }
        }
        tag.attributes = attributes(names, values);
        tag.into()
    }

    fn hole(&mut self) -> Hole<'a> {
        self.until(b"}");
        self.skip("}");
        self.holes.next().map(std::mem::take).unwrap_or_default()
    }

    fn until(&mut self, ends: &[u8]) -> &'static str {
        let end = self.rest.bytes().position(|byte| ends.contains(&byte)).unwrap_or(self.rest.len());
        let (before, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        before
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// One value for each name; `None` leaves the attribute out. Adding them one by one, as Yew offers, takes a hash map for
/// each element, and 5 kB of program.
pub(crate) fn attributes(names: Vec<&'static str>, values: Vec<Option<AttributeOrProperty>>) -> Attributes {
    Attributes::Dynamic { keys: known(names), values: values.into_boxed_slice() }
}

/// One list for all elements that have these attributes, kept for good: Yew asks for that, and compares two drawings of
/// an element value by value where both have the very same list. There are only as many as kinds of elements.
fn known(names: Vec<&'static str>) -> &'static [&'static str] {
    thread_local! {
        static KNOWN: RefCell<Vec<&'static [&'static str]>> = const { RefCell::new(Vec::new()) };
    }
    KNOWN.with_borrow_mut(|known| {
        if let Some(same) = known.iter().find(|it| ***it == *names) {
            return *same;
        }
        let names = names.leak();
        known.push(names);
        names
    })
}

/// What the hole says of the element, or the value of its attribute.
fn set(tag: &mut VTag, name: &'static str, hole: Hole) -> Option<AttributeOrProperty> {
    match (name, hole) {
        (_, Hole::Call(call)) => {
            let event = name.strip_prefix("on").unwrap_or(name);
            tag.add_listener(Rc::new(Handler { event, call }));
        }
        (_, Hole::Place(place)) => tag.node_ref = place,
        ("checked", hole) => tag.set_checked(!matches!(hole, Hole::Nothing)),
        ("key", hole) => tag.key = Some(Key::from(&*hole.text()?)),
        ("value", hole) if tag.tag() == "input" => tag.set_value(hole.text()?),
        (".value", hole) => return Some(AttributeOrProperty::Property((&*hole.text()?).into())),
        (_, hole) => return hole.text().map(AttributeOrProperty::Attribute),
    }
    None
}

/// The handler of an event, whatever its type.
struct Handler {
    event: &'static str,
    call: Callback<Event>,
}

impl Listener for Handler {
    fn kind(&self) -> ListenerKind {
        ListenerKind::other(Cow::Borrowed(self.event))
    }

    fn handle(&self, event: Event) {
        self.call.emit(event);
    }

    fn passive(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements with their attributes, children in parentheses, and the text nodes.
    fn shown(node: &Html) -> String {
        match node {
            Html::VText(text) => text.text.to_string(),
            Html::VList(nodes) => nodes.iter().map(shown).collect(),
            Html::VTag(tag) => {
                let attributes: String =
                    tag.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                let children = tag.children().map(shown).unwrap_or_default();
                format!("<{}{attributes}>({children})", tag.tag())
            }
            _ => "?".to_owned(),
        }
    }

    #[test]
    fn a_template_becomes_the_elements_it_shows() {
        let drawn = markup!(
            "<p class='rl-hint' title={} hidden={}>
                <b>{}</b> of {}
            </p>",
            "<i>",
            false,
            1_usize,
            "<script>",
        );
        assert_eq!(shown(&drawn), "<p class=rl-hint title=<i>>(<b>(1) of <script>)");
    }

    #[test]
    fn an_element_drawn_again_has_the_same_list_of_attributes() {
        let names = |title: Option<&str>| {
            let Html::VTag(tag) = markup!("<p class='rl-hint' title={}/>", title) else { panic!("an element") };
            let Attributes::Dynamic { keys, .. } = &tag.attributes else { panic!("a list") };
            *keys
        };
        assert_eq!(names(None), ["class", "title"]);
        assert!(std::ptr::eq(names(None), names(Some("words"))));
    }

    #[test]
    fn several_nodes_become_a_list_and_nothing_keeps_its_place() {
        let Html::VList(nodes) = markup!("<p/>{}<p/>", None::<&str>) else { panic!("a list") };
        assert_eq!(nodes.len(), 3);
    }
}
