//! Lines of a width that survives pipes and tickets.

/// Widest line, except for single words that are longer.
const WIDTH: usize = 100;

/// Text in lines of at most [`WIDTH`].
#[derive(Default)]
pub(super) struct Page {
    pub(super) text: String,
}

impl Page {
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A line above which one stays empty.
    pub(super) fn heading(&mut self, heading: &str) {
        self.gap();
        self.paragraph(heading, "", "");
    }

    /// Wraps at spaces; `first` begins the first line, `rest` the others.
    pub(super) fn paragraph(&mut self, text: &str, first: &str, rest: &str) {
        let mut line = first.to_owned();
        let mut empty = true;
        for word in text.split_whitespace() {
            let fits = line.chars().count() + word.chars().count() + usize::from(!empty) <= WIDTH;
            if !empty && !fits {
                self.line(&line);
                rest.clone_into(&mut line);
                empty = true;
            }
            if !empty {
                line.push(' ');
            }
            line.push_str(word);
            empty = false;
        }
        if !empty {
            self.line(&line);
        }
    }
}
