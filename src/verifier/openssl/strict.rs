//! What `X509_V_FLAG_X509_STRICT` adds to `check_extensions`, for chains of more than one certificate.

use super::certificate::Certificate;
use super::error::Error;
use super::{Checked, Verification};

/// Bits of `ex_kusage`.
const KEY_CERT_SIGN: u16 = 0x0004;
const CRL_SIGN: u16 = 0x0002;
/// Version 3 as it is encoded.
const VERSION_3: i64 = 2;

impl Verification<'_, '_> {
    pub(super) fn check_strictly(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        self.check_constraints_and_usage(certificate, depth)?;
        self.check_names(certificate, depth)?;
        let is_inconsistent = certificate.outer_algorithm != certificate.inner_algorithm;
        self.report_if(is_inconsistent, depth, Error::SignatureAlgorithmInconsistency)?;
        // That key identifiers are not critical is asked for as well, but a critical one is not supported and so ends
        // the loop that would note it.
        self.check_key_ids(certificate, depth)
    }

    /// RFC 5280, 4.2.1.9 and 4.2.1.3.
    fn check_constraints_and_usage(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        let extensions = &certificate.extensions;
        let has_bit = |bit: u16| extensions.key_usage.is_some_and(|usage| usage & bit != 0);
        if extensions.path_length.is_some() {
            self.report_if(!extensions.ca, depth, Error::PathLenInvalidForNonCa)?;
            self.report_if(!has_bit(KEY_CERT_SIGN), depth, Error::PathLenWithoutKeyCertSign)?;
        }
        let is_not_critical = extensions.ca && !extensions.basic_constraints_are_critical;
        self.report_if(is_not_critical, depth, Error::CaBasicConstraintsNotCritical)?;
        if extensions.ca {
            self.report_if(extensions.key_usage.is_none(), depth, Error::CaCertMissingKeyUsage)
        } else {
            self.report_if(has_bit(KEY_CERT_SIGN), depth, Error::KeyCertSignInvalidForNonCa)
        }
    }

    /// RFC 5280, 4.1.2.4, 4.1.2.6 and 4.2.1.6.
    fn check_names(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        let extensions = &certificate.extensions;
        let is_empty = certificate.subject.entries.is_empty();
        let signs_lists = extensions.key_usage.is_some_and(|usage| usage & CRL_SIGN != 0);
        let names = extensions.alternative_names.as_deref();
        self.report_if(certificate.issuer.entries.is_empty(), depth, Error::IssuerNameEmpty)?;
        let needs_subject = extensions.ca || signs_lists || names.is_none();
        self.report_if(needs_subject && is_empty, depth, Error::SubjectNameEmpty)?;
        let is_not_critical = is_empty && names.is_some() && !extensions.alternative_names_are_critical;
        self.report_if(is_not_critical, depth, Error::EmptySubjectSanNotCritical)?;
        self.report_if(names.is_some_and(<[_]>::is_empty), depth, Error::EmptySubjectAltName)
    }

    /// RFC 5280, 4.2.1.1 and 4.2.1.2; earlier versions have no extensions.
    fn check_key_ids(&mut self, certificate: &Certificate<'_>, depth: usize) -> Checked {
        let extensions = &certificate.extensions;
        if certificate.version < VERSION_3 {
            return self.report_if(certificate.has_extensions, depth, Error::ExtensionsRequireVersion3);
        }
        let is_last = depth + 1 == self.chain.len();
        let authority = extensions.authority_key_id.as_ref().and_then(|authority| authority.key_id);
        self.report_if(!is_last && authority.is_none(), depth, Error::MissingAuthorityKeyIdentifier)?;
        let is_missing = extensions.ca && extensions.subject_key_id.is_none();
        self.report_if(is_missing, depth, Error::MissingSubjectKeyIdentifier)
    }
}
