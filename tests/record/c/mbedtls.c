// Asks mbedTLS's mbedtls_x509_crt_verify each case; see ../record.mjs.

#include <mbedtls/oid.h>
#include <mbedtls/x509_crt.h>

#include "cases.h"

static int parse(mbedtls_x509_crt *list, int index)
{
    return mbedtls_x509_crt_parse_der(list, certificates[index].data, certificates[index].length);
}

static int parse_all(mbedtls_x509_crt *list, struct indices indices)
{
    int failed = 0;
    for (int at = 0; at < indices.length; at++)
        failed |= parse(list, indices.items[at]) != 0;
    return failed;
}

// mbedTLS ignores what follows a certificate.
static int is_at(const mbedtls_x509_crt *certificate, int index)
{
    return certificates[index].length >= certificate->raw.len &&
           memcmp(certificates[index].data, certificate->raw.p, certificate->raw.len) == 0;
}

// The callback is told of the anchor first.
static struct { const mbedtls_x509_crt *items[32]; int length; } chain;

static int note(void *unused, mbedtls_x509_crt *certificate, int depth, uint32_t *flags)
{
    (void) unused, (void) flags;
    chain.items[depth] = certificate;
    if (depth >= chain.length)
        chain.length = depth + 1;
    return 0;
}

static int find(const mbedtls_x509_crt *certificate, const struct one_case *one)
{
    if (is_at(certificate, one->leaf))
        return one->leaf;
    for (int at = 0; at < one->trusted.length; at++)
        if (is_at(certificate, one->trusted.items[at]))
            return one->trusted.items[at];
    for (int at = 0; at < one->presented.length; at++)
        if (is_at(certificate, one->presented.items[at]))
            return one->presented.items[at];
    return -1;
}

static int usage_is_wrong(const mbedtls_x509_crt *leaf, char purpose)
{
    if (purpose == 's')
        return mbedtls_x509_crt_check_extended_key_usage(leaf, MBEDTLS_OID_SERVER_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_SERVER_AUTH));
    if (purpose == 'c')
        return mbedtls_x509_crt_check_extended_key_usage(leaf, MBEDTLS_OID_CLIENT_AUTH, MBEDTLS_OID_SIZE(MBEDTLS_OID_CLIENT_AUTH));
    return 0;
}

static void answer(int result, uint32_t flags, int failed, const struct one_case *one)
{
    char words[2048] = "";
    if (flags != (uint32_t) -1)
        mbedtls_x509_crt_verify_info(words, sizeof words, "", flags);
    for (char *end = strchr(words, '\n'); end != NULL; end = strchr(words, '\n'))
        *end = ';';
    const char *suffix = failed ? " (some input unparsable)" : "";
    printf("%c\t", result == 0 ? 'A' : 'R');
    for (int at = 0; result == 0 && at < chain.length; at++)
        printf("%s%d", at ? "," : "", find(chain.items[at], one));
    if (result == 0)
        printf("\t%s\n", suffix);
    else
        printf("\tr=-0x%x %s%s\n", -result, words, suffix);
}

static void ask(const struct one_case *one)
{
    mbedtls_x509_crt leaf, trusted;
    mbedtls_x509_crt_init(&leaf);
    mbedtls_x509_crt_init(&trusted);
    int result = parse(&leaf, one->leaf);
    if (result != 0) {
        printf("R\t\tleaf parse -0x%x\n", -result);
    } else {
        int failed = parse_all(&leaf, one->presented) | parse_all(&trusted, one->trusted);
        uint32_t flags = 0;
        chain.length = 0;
        result = mbedtls_x509_crt_verify(&leaf, &trusted, NULL, one->host, &flags, note, NULL);
        if (result == 0 && usage_is_wrong(&leaf, one->purpose)) {
            result = -1;
            flags = MBEDTLS_X509_BADCERT_EXT_KEY_USAGE;
        }
        answer(result, flags, failed, one);
    }
    mbedtls_x509_crt_free(&leaf);
    mbedtls_x509_crt_free(&trusted);
}

int main(void)
{
    struct one_case one;
    read_certificates();
    while (read_case(&one))
        ask(&one);
    return 0;
}
