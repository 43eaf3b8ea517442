//! GeneralName (`v3_genn.c`) and the extensions that are made of it.

use super::asn1::{Fields, ParseError, Read, check_contents, integer, object};
use super::name::Name;
use crate::der::{
    BMP_STRING, Element, PRINTABLE_STRING, SEQUENCE, T61_STRING, UNIVERSAL_STRING, UTF8_STRING, constructed, context,
};

/// A name of one of nine kinds.
#[derive(Clone, Debug)]
pub(super) enum GeneralName<'a> {
    /// Type, and the value as an element.
    Other(&'a [u8], Element<'a>),
    Email(&'a [u8]),
    Dns(&'a [u8]),
    X400,
    Directory(Name<'a>),
    EdiParty,
    Uri(&'a [u8]),
    Ip(&'a [u8]),
    RegisteredId,
}

/// A part of the name space (`GENERAL_SUBTREE`).
#[derive(Clone, Debug)]
pub(super) struct Subtree<'a> {
    pub(super) base: GeneralName<'a>,
    /// `nc_minmax_valid`: minimum is absent or zero, and maximum is absent.
    pub(super) is_unbounded: bool,
}

/// `NAME_CONSTRAINTS`: the subtrees of nameConstraints.
#[derive(Clone, Debug, Default)]
pub(super) struct NameConstraints<'a> {
    pub(super) permitted: Vec<Subtree<'a>>,
    pub(super) excluded: Vec<Subtree<'a>>,
}

impl<'a> GeneralName<'a> {
    /// The members of a SEQUENCE OF GeneralName.
    pub(super) fn read_all(contents: &'a [u8]) -> Read<Vec<GeneralName<'a>>> {
        Fields(contents).all(GeneralName::read)
    }

    pub(super) fn read(fields: &mut Fields<'a>) -> Read<GeneralName<'a>> {
        let Element { tag, contents, .. } = fields.next()?;
        const OTHER: u8 = constructed(0);
        const EMAIL: u8 = context(1);
        const DNS: u8 = context(2);
        const X400: u8 = constructed(3);
        const DIRECTORY: u8 = constructed(4);
        const EDI_PARTY: u8 = constructed(5);
        const URI: u8 = context(6);
        const IP: u8 = context(7);
        const REGISTERED_ID: u8 = context(8);
        match tag {
            OTHER => other_name(contents),
            EMAIL => Ok(GeneralName::Email(contents)),
            DNS => Ok(GeneralName::Dns(contents)),
            X400 => Ok(GeneralName::X400),
            DIRECTORY => directory_name(contents),
            EDI_PARTY => edi_party_name(contents),
            URI => Ok(GeneralName::Uri(contents)),
            IP => Ok(GeneralName::Ip(contents)),
            REGISTERED_ID => object(contents).map(|_| GeneralName::RegisteredId),
            _ => Err(ParseError),
        }
    }
}

/// `OTHERNAME ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }`.
fn other_name(contents: &[u8]) -> Read<GeneralName<'_>> {
    let mut fields = Fields(contents);
    let kind = fields.object()?;
    let value = fields.explicit(0, Fields::any)?.ok_or(ParseError)?;
    fields.end()?;
    Ok(GeneralName::Other(kind, value))
}

fn directory_name(contents: &[u8]) -> Read<GeneralName<'_>> {
    let mut fields = Fields(contents);
    let name = Name::read(&mut fields)?;
    fields.end()?;
    Ok(GeneralName::Directory(name))
}

/// `EDIPARTYNAME ::= SEQUENCE { nameAssigner [0] DirectoryString OPTIONAL, partyName [1] DirectoryString }`.
fn edi_party_name(contents: &[u8]) -> Read<GeneralName<'_>> {
    let mut fields = Fields(contents);
    fields.explicit(0, directory_string)?;
    fields.explicit(1, directory_string)?.ok_or(ParseError)?;
    fields.end()?;
    Ok(GeneralName::EdiParty)
}

fn directory_string(fields: &mut Fields<'_>) -> Read<()> {
    let value = fields.next()?;
    if !matches!(value.tag, PRINTABLE_STRING | T61_STRING | BMP_STRING | UNIVERSAL_STRING | UTF8_STRING) {
        return Err(ParseError);
    }
    check_contents(value.tag, value.contents)
}

/// subjectAltName (RFC 5280, 4.2.1.6).
pub(super) fn alternative_names(value: &[u8]) -> Read<Vec<GeneralName<'_>>> {
    GeneralName::read_all(Fields::at_start(value)?.0)
}

/// nameConstraints (RFC 5280, 4.2.1.10).
pub(super) fn name_constraints(value: &[u8]) -> Read<NameConstraints<'_>> {
    let mut fields = Fields::at_start(value)?;
    let permitted = subtrees(fields.optional(constructed(0))?)?;
    let excluded = subtrees(fields.optional(constructed(1))?)?;
    fields.end()?;
    Ok(NameConstraints { permitted, excluded })
}

fn subtrees(contents: Option<&[u8]>) -> Read<Vec<Subtree<'_>>> {
    Fields(contents.unwrap_or_default()).all(subtree)
}

fn subtree<'a>(fields: &mut Fields<'a>) -> Read<Subtree<'a>> {
    let mut fields = Fields(fields.read(SEQUENCE)?);
    let base = GeneralName::read(&mut fields)?;
    let minimum = fields.optional(context(0))?.map(integer).transpose()?;
    let maximum = fields.optional(context(1))?.map(integer).transpose()?;
    fields.end()?;
    Ok(Subtree { base, is_unbounded: maximum.is_none() && minimum.is_none_or(|minimum| minimum == [0]) })
}

/// cRLDistributionPoints (RFC 5280, 4.2.1.13), as far as `setup_crldp` can make a certificate invalid: a point must
/// have a name or an issuer.
pub(super) fn check_distribution_points(value: &[u8]) -> Read<()> {
    let points = Fields(Fields::at_start(value)?.0).all(distribution_point)?;
    if points.iter().all(|is_named| *is_named) { Ok(()) } else { Err(ParseError) }
}

fn distribution_point(fields: &mut Fields<'_>) -> Read<bool> {
    let mut fields = Fields(fields.read(SEQUENCE)?);
    let name = fields.explicit(0, distribution_point_name)?;
    if let Some(reasons) = fields.optional(context(1))? {
        super::asn1::bit_string(reasons)?;
    }
    let issuers = GeneralName::read_all(fields.optional(constructed(2))?.unwrap_or_default())?;
    fields.end()?;
    Ok(name.is_some() || !issuers.is_empty())
}

/// Full names, or a fragment that belongs behind the name of the issuer.
fn distribution_point_name(fields: &mut Fields<'_>) -> Read<()> {
    const FULL_NAME: u8 = constructed(0);
    const RELATIVE_NAME: u8 = constructed(1);
    let Element { tag, contents, .. } = fields.next()?;
    match tag {
        FULL_NAME => GeneralName::read_all(contents).map(|_| ()),
        RELATIVE_NAME => Fields(contents).all(|fields| fields.read(SEQUENCE)).map(|_| ()),
        _ => Err(ParseError),
    }
}

/// `has_san_id` for DNS names.
pub(super) fn has_dns_name(names: &[GeneralName<'_>]) -> bool {
    names.iter().any(|name| matches!(name, GeneralName::Dns(_)))
}

/// The first directory name.
pub(super) fn first_directory<'n, 'a>(names: &'n [GeneralName<'a>]) -> Option<&'n Name<'a>> {
    names.iter().find_map(|name| match name {
        GeneralName::Directory(directory) => Some(directory),
        _ => None,
    })
}
