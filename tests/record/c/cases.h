// What the recorders share: certificates and cases from standard input, in the lines that ../record.mjs writes, and a
// clock that shows the time of the case.

#ifndef CASES_H
#define CASES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct bytes {
    unsigned char *data;
    size_t length;
};

struct indices {
    int *items;
    int length;
};

struct one_case {
    time_t at;
    char *host;          // NULL: none is asked for
    int host_is_address;
    char purpose;        // s, c or a: server, client, any
    int leaf;
    struct indices trusted, presented;
};

static struct bytes *certificates;
static time_t now;

// The libraries ask this function, since it stands in the program.
time_t time(time_t *out)
{
    if (out != NULL)
        *out = now;
    return now;
}

static char *read_line(void)
{
    static char *line;
    static size_t room;
    ssize_t length = getline(&line, &room, stdin);
    if (length < 0)
        return NULL;
    if (length > 0 && line[length - 1] == '\n')
        line[length - 1] = '\0';
    return line;
}

static struct bytes from_hex(const char *text)
{
    struct bytes bytes = { malloc(strlen(text) / 2 + 1), strlen(text) / 2 };
    for (size_t at = 0; at < bytes.length; at++) {
        unsigned octet;
        sscanf(text + 2 * at, "%2x", &octet);
        bytes.data[at] = octet;
    }
    return bytes;
}

static void read_certificates(void)
{
    int count = atoi(read_line());
    certificates = calloc(count + 1, sizeof *certificates);
    for (int at = 0; at < count; at++)
        certificates[at] = from_hex(read_line());
}

static struct indices split(char *text)
{
    struct indices found = { malloc(sizeof(int) * (strlen(text) + 1)), 0 };
    char *state;
    for (char *word = strtok_r(text, ",", &state); word != NULL; word = strtok_r(NULL, ",", &state))
        if (*word != '-')
            found.items[found.length++] = atoi(word);
    return found;
}

// `seconds purpose leaf trusted presented host`; a name as host begins with `:`, an address with `=`, no host is `-`.
static int read_case(struct one_case *one)
{
    static char *host;
    char *line = read_line();
    if (line == NULL)
        return 0;
    char *words[6], *state;
    words[0] = strtok_r(line, " ", &state);
    for (int at = 1; at < 5; at++)
        words[at] = strtok_r(NULL, " ", &state);
    words[5] = state;
    free(host);
    host = strdup(words[5]);
    one->at = now = atoll(words[0]);
    one->purpose = words[1][0];
    one->leaf = atoi(words[2]);
    one->trusted = split(words[3]);
    one->presented = split(words[4]);
    one->host_is_address = host[0] == '=';
    one->host = host[0] == '-' ? NULL : host + 1;
    return 1;
}

#endif
