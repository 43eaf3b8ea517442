// Asks GnuTLS's gnutls_x509_crt_list_import2 which certificates it takes from each file that is named; see ../../README.md.

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <libgen.h>
#include <stdio.h>

static void print_digest(gnutls_x509_crt_t certificate)
{
    gnutls_datum_t der = { NULL, 0 };
    unsigned char digest[32];
    gnutls_x509_crt_export2(certificate, GNUTLS_X509_FMT_DER, &der);
    gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, digest);
    printf("%02x%02x%02x%02x", digest[0], digest[1], digest[2], digest[3]);
    gnutls_free(der.data);
}

static void print_cell(const gnutls_datum_t *file)
{
    gnutls_x509_crt_t *certificates = NULL;
    unsigned count = 0;
    int result = gnutls_x509_crt_list_import2(&certificates, &count, file, GNUTLS_X509_FMT_PEM, 0);
    if (result < 0) {
        printf("- !%s", gnutls_strerror(result));
        return;
    }
    for (unsigned at = 0; at < count; at++) {
        printf("%s", at > 0 ? "," : "");
        print_digest(certificates[at]);
        gnutls_x509_crt_deinit(certificates[at]);
    }
    gnutls_free(certificates);
}

int main(int count, char **paths)
{
    printf("file\tgnutls\n");
    for (int at = 1; at < count; at++) {
        gnutls_datum_t file = { NULL, 0 };
        if (gnutls_load_file(paths[at], &file) < 0) {
            fprintf(stderr, "cannot read %s\n", paths[at]);
            return 1;
        }
        printf("%s\t", basename(paths[at]));
        print_cell(&file);
        printf("\n");
        gnutls_free(file.data);
    }
    return 0;
}
