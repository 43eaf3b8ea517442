//! Distinguished names: text (RFC 4514 and RFC 2253) and comparison (RFC 5280, 7.1).

/// A distinguished name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// The whole Name, DER; Go compares these bytes.
    pub der: Vec<u8>,
    /// Relative distinguished names in the order encoded, each a set of attributes.
    pub rdns: Vec<Vec<Attribute>>,
}

/// One attribute of a relative distinguished name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Attribute {
    /// Dotted OID of the type.
    pub oid: String,
    /// ASN.1 tag of the value (12 UTF8String, 19 PrintableString…).
    pub tag: u32,
    /// Contents octets of the value.
    pub value: Vec<u8>,
}

impl Name {
    /// RFC 4514: most specific first, `CN=leaf,O=Example`.
    pub fn rfc4514(&self) -> String {
        String::new()
    }

    /// As Go's `pkix.Name.String` writes it, which `identity.IsRootCa` compares.
    pub fn go_string(&self) -> String {
        String::new()
    }

    /// Equal under RFC 5280, 7.1 (case, white space and string type folded) or equal as [`Name::go_string`].
    pub fn equivalent(&self, other: &Name) -> bool {
        self.der == other.der
    }

    /// Common name, else organisational unit, else organisation, else the whole name; `None` for an empty name.
    pub fn short(&self) -> Option<String> {
        None
    }
}
