// Asks GnuTLS's gnutls_x509_trust_list_verify_crt2 each case, with profile MEDIUM; see ../record.mjs.

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include "cases.h"

#define MOST 4096

static int parse(gnutls_x509_crt_t *certificate, int index)
{
    gnutls_datum_t der = { certificates[index].data, certificates[index].length };
    gnutls_x509_crt_init(certificate);
    int result = gnutls_x509_crt_import(*certificate, &der, GNUTLS_X509_FMT_DER);
    if (result < 0)
        gnutls_x509_crt_deinit(*certificate);
    return result;
}

static int parse_all(gnutls_x509_crt_t *list, struct indices indices)
{
    int length = 0;
    for (int at = 0; at < indices.length && length < MOST; at++)
        length += parse(&list[length], indices.items[at]) >= 0;
    return length;
}

static int what_is_asked(const struct one_case *one, gnutls_typed_vdata_st *data)
{
    static unsigned char address[16];
    int length = 0;
    memset(data, 0, 2 * sizeof *data);
    memset(address, 0, sizeof address);
    if (one->host != NULL && one->host_is_address) {
        int is_v6 = strchr(one->host, ':') != NULL;
        inet_pton(is_v6 ? AF_INET6 : AF_INET, one->host, address);
        data[length].type = GNUTLS_DT_IP_ADDRESS;
        data[length].data = address;
        data[length++].size = is_v6 ? 16 : 4;
    } else if (one->host != NULL) {
        data[length].type = GNUTLS_DT_DNS_HOSTNAME;
        data[length++].data = (void *) one->host;
    }
    if (one->purpose != 'a') {
        data[length].type = GNUTLS_DT_KEY_PURPOSE_OID;
        data[length++].data = (void *) (one->purpose == 's' ? GNUTLS_KP_TLS_WWW_SERVER : GNUTLS_KP_TLS_WWW_CLIENT);
    }
    return length;
}

static void answer(unsigned status)
{
    gnutls_datum_t words = { NULL, 0 };
    gnutls_certificate_verification_status_print(status, GNUTLS_CRT_X509, &words, 0);
    printf("%c\t\t%s\n", status == 0 ? 'A' : 'R', status == 0 ? "" : (char *) words.data);
    gnutls_free(words.data);
}

static void ask(const struct one_case *one)
{
    static gnutls_x509_crt_t trusted[MOST], chain[MOST + 1];
    if (parse(&chain[0], one->leaf) < 0) {
        printf("R\t\tleaf parse\n");
        return;
    }
    int presented = parse_all(chain + 1, one->presented);
    int anchors = parse_all(trusted, one->trusted);
    gnutls_x509_trust_list_t list;
    gnutls_x509_trust_list_init(&list, 0);
    gnutls_x509_trust_list_add_cas(list, trusted, anchors, 0);
    gnutls_typed_vdata_st data[2];
    int asked = what_is_asked(one, data);
    unsigned status = 0;
    int result = gnutls_x509_trust_list_verify_crt2(list, chain, presented + 1, data, asked,
                                                    GNUTLS_PROFILE_TO_VFLAGS(GNUTLS_PROFILE_MEDIUM), &status, NULL);
    if (result < 0)
        printf("R\t\t%s\n", gnutls_strerror(result));
    else
        answer(status);
    for (int at = 0; at <= presented; at++)
        gnutls_x509_crt_deinit(chain[at]);
    gnutls_x509_trust_list_deinit(list, 1);
}

int main(void)
{
    struct one_case one;
    read_certificates();
    while (read_case(&one))
        ask(&one);
    return 0;
}
