// Asks NSS's CERT_VerifyCertificate each case, and CERT_VerifyCertName where a host is asked for; see ../record.mjs.

#include <sys/wait.h>
#include <unistd.h>

#include <cert.h>
#include <certdb.h>
#include <nss.h>
#include <prerror.h>
#include <prtime.h>
#include <secerr.h>

#include "cases.h"

// NSS also looks at the clock of NSPR: of two issuers it prefers one that is valid today, whatever time is asked about.
PRTime PR_Now(void)
{
    return (PRTime) now * PR_USEC_PER_SEC;
}

// What NSS could not read, as the recordings say it.
static char unread[4096];

static const char *last_error(void)
{
    return PR_ErrorToName(PR_GetError());
}

static SECItem item(int index)
{
    return (SECItem) { siDERCertBuffer, certificates[index].data, certificates[index].length };
}

// It stays in the database while it is held, so nothing here lets go of one.
static CERTCertificate *import(int index)
{
    SECItem der = item(index);
    return CERT_NewTempCertificate(CERT_GetDefaultCertDB(), &der, NULL, PR_FALSE, PR_TRUE);
}

static CERTCertificate *import_as(const char *part, int index)
{
    CERTCertificate *certificate = import(index);
    size_t length = strlen(unread);
    if (certificate == NULL)
        snprintf(unread + length, sizeof unread - length, " (%s unparsable: %s)", part, last_error());
    return certificate;
}

// `C` makes an anchor for servers, `T` one for clients.
static void trust(CERTCertificate *certificate, char purpose)
{
    CERTCertTrust flags = { 0 };
    CERT_DecodeTrustString(&flags, purpose == 'c' ? "T,," : "C,,");
    CERT_ChangeCertTrust(CERT_GetDefaultCertDB(), certificate, &flags);
}

// Of equal certificates it is the one that was imported first.
static int find(CERTCertificate *certificate, const struct one_case *one)
{
    const struct indices *lists[] = { &one->trusted, &one->presented };
    for (int list = 0; list < 2; list++)
        for (int at = 0; at < lists[list]->length; at++) {
            SECItem der = item(lists[list]->items[at]);
            if (SECITEM_ItemsAreEqual(&certificate->derCert, &der))
                return lists[list]->items[at];
        }
    return one->leaf;
}

static void accepted(CERTCertificate *leaf, const struct one_case *one)
{
    SECCertUsage usage = one->purpose == 'c' ? certUsageSSLClient : certUsageSSLServer;
    CERTCertList *chain = CERT_GetCertChainFromCert(leaf, PR_Now(), usage);
    CERTCertListNode *node = CERT_LIST_HEAD(chain);
    printf("A\t");
    for (const char *comma = ""; !CERT_LIST_END(node, chain); node = CERT_LIST_NEXT(node), comma = ",")
        printf("%s%d", comma, find(node->cert, one));
    printf("\t\n");
}

static void verify(const struct one_case *one)
{
    for (int at = 0; at < one->trusted.length; at++) {
        CERTCertificate *anchor = import_as("trusted", one->trusted.items[at]);
        if (anchor != NULL)
            trust(anchor, one->purpose);
    }
    for (int at = 0; at < one->presented.length; at++)
        import_as("intermediate", one->presented.items[at]);
    CERTCertificate *leaf = import(one->leaf);
    SECCertificateUsage usage = one->purpose == 'c' ? certificateUsageSSLClient : certificateUsageSSLServer;
    if (leaf == NULL)
        printf("R\t\tleaf parse: %s%s\n", last_error(), unread);
    else if (CERT_VerifyCertificate(CERT_GetDefaultCertDB(), leaf, PR_TRUE, usage, PR_Now(), NULL, NULL, NULL) != SECSuccess)
        printf("R\t\t%s%s\n", last_error(), unread);
    else if (one->host != NULL && one->host[0] != '\0' && CERT_VerifyCertName(leaf, one->host) != SECSuccess)
        printf("R\t\tname mismatch%s\n", unread);
    else
        accepted(leaf, one);
}

// NSS remembers every certificate and its trust, so each case has a process of its own.
static void ask(const struct one_case *one)
{
    int status = 0;
    pid_t child = fork();
    if (child < 0)
        exit(1);
    if (child > 0) {
        if (waitpid(child, &status, 0) < 0 || status != 0)
            exit(1);
        return;
    }
    if (NSS_NoDB_Init(NULL) != SECSuccess)
        _exit(1);
    verify(one);
    fflush(stdout);
    _exit(0);
}

int main(void)
{
    struct one_case one;
    read_certificates();
    while (read_case(&one)) {
        // It has no usage that stands for any purpose.
        if (one.purpose == 'a')
            printf("?\n");
        else
            ask(&one);
        fflush(stdout);
    }
    return 0;
}
