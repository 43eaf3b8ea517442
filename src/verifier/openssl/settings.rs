//! What a program that uses OpenSSL may set before it asks.

/// The settings that change a verdict (`X509_VERIFY_PARAM`). [`Settings::DEFAULT`] is what most programs leave them at;
/// a product is a value of this type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// `X509_V_FLAG_PARTIAL_CHAIN`: a chain may end at any certificate of the trust store, not only at a self-signed
    /// one.
    pub partial_chain: bool,
    /// `X509_V_FLAG_X509_STRICT`: more of RFC 5280 is asked for.
    pub x509_strict: bool,
    /// `X509_V_FLAG_TRUSTED_FIRST`, on since 1.1.0: issuers are looked for in the trust store first, then among what
    /// was presented.
    pub trusted_first: bool,
    /// `X509_VERIFY_PARAM_set_depth`: intermediates that a chain may have, neither leaf nor anchor counted; 100 unless a
    /// program says otherwise (`default_table` in `x509_vpm.c`).
    pub depth: usize,
    /// `X509_VERIFY_PARAM_set_auth_level`, 0 to 5: keys and digests must have 0, 80, 112, 128, 192 or 256 bits of
    /// security. The level of TLS is 1 in OpenSSL 3.0 itself and 2 as Debian builds it.
    pub security_level: u8,
    /// `X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS` is not set: `www*.example.com` is a pattern too.
    pub partial_wildcards: bool,
    /// `X509_CHECK_FLAG_NEVER_CHECK_SUBJECT` is not set: without a DNS name among the alternative names, common names
    /// are host names.
    pub common_name: bool,
    /// What happens when an error is found.
    pub callback: Callback,
}

/// What the verification does after an error, and after a certificate without one (`X509_STORE_CTX_set_verify_cb`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callback {
    /// It ends: no callback is set, or it changes nothing.
    Stop,
    /// It goes on where the `openssl verify` command lets it go on.
    VerifyCommand,
    /// It always goes on, and the program looks at the last error, as servers do that let the application decide.
    Continue,
    /// It ends at an error, and also at every certificate that stands further above the leaf than this, as Apache's does.
    StopAbove(usize),
}

impl Settings {
    /// OpenSSL's own default, with the security level and the host flag of Debian's TLS clients.
    pub const DEFAULT: Settings = Settings {
        partial_chain: false,
        x509_strict: false,
        trusted_first: true,
        depth: 100,
        security_level: 2,
        partial_wildcards: false,
        common_name: true,
        callback: Callback::Stop,
    };

    /// Any certificate of the trust store may end a chain.
    pub const PARTIAL: Settings = Settings { partial_chain: true, ..Settings::DEFAULT };

    /// The same, strictly: what Python's `create_default_context` sets since 3.13.
    pub const PARTIAL_STRICT: Settings = Settings { x509_strict: true, ..Settings::PARTIAL };

    /// The longest chain that the search builds: leaf, intermediates, anchor (`build_chain`). It goes one further, to be
    /// able to say that the chain is too long.
    pub(super) fn longest_chain(&self) -> usize {
        self.depth.saturating_add(1)
    }

    /// Bits of security that keys and digests must have (`minbits_table` in `x509_vfy.c`).
    pub(super) fn required_bits(&self) -> u16 {
        match self.security_level {
            0 => 0,
            1 => 80,
            2 => 112,
            3 => 128,
            4 => 192,
            _ => 256,
        }
    }
}
