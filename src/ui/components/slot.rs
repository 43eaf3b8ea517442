//! A choice in the middle of a sentence: a native select that looks like a word of it.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// A choice, and what it is called.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SlotOption {
    /// What scripts know it by, and what is handed over when it is chosen.
    pub(crate) value: AttrValue,
    pub(crate) words: AttrValue,
}

/// Choices under one heading, or under none.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SlotGroup {
    pub(crate) heading: Option<AttrValue>,
    pub(crate) options: Vec<SlotOption>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct SlotProps {
    /// What is chosen here, for those who do not see the sentence.
    pub(crate) label: AttrValue,
    #[prop_or_default]
    pub(crate) testid: Option<&'static str>,
    pub(crate) groups: Vec<SlotGroup>,
    /// The value of what is chosen.
    pub(crate) chosen: AttrValue,
    /// Gets the value of what is chosen instead.
    pub(crate) on_choose: Callback<String>,
}

/// Once a reader has chosen, a select follows its property and no longer the attribute of its options.
#[component]
pub(crate) fn Slot(props: &SlotProps) -> Html {
    let SlotProps { label, testid, groups, chosen, on_choose } = props;
    let onchange = on_choose.reform(|event: Event| {
        let select: HtmlSelectElement = event.target_unchecked_into();
        select.value()
    });
    html! {
        <select class="rl-slot" aria-label={label} data-testid={*testid} ~value={chosen.to_string()} {onchange}>
            for group in groups {
                if let Some(heading) = &group.heading {
                    <optgroup label={heading}>{ options(&group.options, chosen) }</optgroup>
                } else {
                    { options(&group.options, chosen) }
                }
            }
        </select>
    }
}

fn options(options: &[SlotOption], chosen: &str) -> Html {
    html! {
        <>
            for option in options {
                <option key={option.value.as_str()} value={&option.value} selected={option.value == *chosen}>
                    { &option.words }
                </option>
            }
        </>
    }
}

impl SlotOption {
    pub(crate) fn new(value: impl Into<AttrValue>, words: impl Into<AttrValue>) -> SlotOption {
        SlotOption { value: value.into(), words: words.into() }
    }
}

impl SlotGroup {
    pub(crate) fn without_heading(options: Vec<SlotOption>) -> SlotGroup {
        SlotGroup { heading: None, options }
    }
}
