#!/usr/bin/env python3
"""Makes the damaged certificate files that the loaders of src/loader/ are held against, and joins what programs said.

    python3 files.py generate > ../../data/loaders/files.json    the files, always the same ones
    python3 files.py generate SEED EACH > /tmp/more.json         other ones: so many of each kind
    python3 files.py write FILES FOLDER                          one file for each, for the recorders
    python3 files.py join COLUMN... > ../../data/loaders/loaded.tsv

A file stands in the JSON as text, one character per octet (Latin-1). Each is made of the blocks of parts.pem, changed by
one mutation or by two; every mutation is a function below, so a new kind of damage is a new function. Nothing but Python's
standard library is needed.
"""

import base64
import json
import pathlib
import random
import re
import sys

SEED = 20261130
EACH = 6
PAIRS = 60
FOLDER = pathlib.Path(__file__).parent
BLOCK = re.compile(rb"-----BEGIN [^-]*-----\n.*?-----END [^-]*-----\n", re.S)
PARTS = BLOCK.findall((FOLDER / "parts.pem").read_bytes())
CERTIFICATES, CRL, PKCS7 = PARTS[:3], PARTS[3], PARTS[4]
KEY = BLOCK.findall((FOLDER / "../../data/pem-variants/37-key-then-cert").read_bytes())[0]
WHITE = [b" ", b"\t", b"\r", b"\x0b", b"\x0c", b"\0", b"\xc2\xa0", b"\xe2\x80\x8b", b"\xef\xbb\xbf"]
JUNK = [b"-", b"--", b":", b"=", b"?", b"\xff", b"\x80", b"_", b"*", b"#", b".", b"\x7f", b"A"]


def der(block):
    return base64.b64decode(b"".join(block.split(b"\n")[1:-2]))


def pem(octets, label=b"CERTIFICATE", width=64, newline=b"\n"):
    text = base64.b64encode(octets)
    lines = [text[at:at + width] for at in range(0, len(text), width)]
    return newline.join([b"-----BEGIN " + label + b"-----", *lines, b"-----END " + label + b"-----", b""])


def lines_of(block):
    return block.split(b"\n")[:-1]


def join(lines, newline=b"\n"):
    return b"".join(line + newline for line in lines)


def body_line(random, lines):
    return random.randrange(1, len(lines) - 1)


def insert(random, block, octets):
    """Puts octets anywhere into the body of a block."""
    at = random.randrange(block.index(b"\n") + 1, block.index(b"\n-----END") + 1)
    return block[:at] + octets + block[at:]


# Mutations of one block.

def plain(random, block):
    return block


def crlf(random, block):
    return block.replace(b"\n", b"\r\n")


def mixed_newlines(random, block):
    return b"".join(line + random.choice([b"\n", b"\r\n"]) for line in lines_of(block))


def cr_only(random, block):
    return block.replace(b"\n", b"\r")


def some_cr(random, block):
    return b"".join(line + random.choice([b"\n", b"\n", b"\n", b"\r"]) for line in lines_of(block))


def byte_order_mark(random, block):
    return b"\xef\xbb\xbf" + block


def white_in_body(random, block):
    return insert(random, block, random.choice(WHITE))


def junk_in_body(random, block):
    return insert(random, block, random.choice(JUNK))


def white_at_line_start(random, block):
    lines = lines_of(block)
    at = random.randrange(len(lines))
    lines[at] = random.choice(WHITE) * random.randint(1, 3) + lines[at]
    return join(lines)


def white_at_line_end(random, block):
    lines = lines_of(block)
    at = random.randrange(len(lines))
    lines[at] += random.choice(WHITE) * random.randint(1, 3)
    return join(lines)


def junk_at_line_end(random, block):
    lines = lines_of(block)
    at = random.choice([0, 1, len(lines) - 2, len(lines) - 1])
    lines[at] += random.choice(JUNK)
    return join(lines)


def indent(random, block):
    return join(random.choice([b"  ", b"\t", b"    "]) + line for line in lines_of(block))


def indent_body(random, block):
    lines = lines_of(block)
    return join([lines[0], *(b"  " + line for line in lines[1:-1]), lines[-1]])


def blank_line(random, block):
    lines = lines_of(block)
    lines.insert(random.randrange(1, len(lines)), random.choice([b"", b" ", b"\t", b"\r"]))
    return join(lines)


def two_blank_lines(random, block):
    lines = lines_of(block)
    for _ in range(2):
        lines.insert(random.randrange(1, len(lines)), b"")
    return join(lines)


def blank_after_begin(random, block):
    lines = lines_of(block)
    return join([lines[0], b"", *lines[1:]])


def header(random, block):
    lines = lines_of(block)
    name = random.choice([b"Comment: a", b"Subject: CN=x", b"X:y", b"A: -----", b"Key", b": "])
    blank = random.choice([[b""], []])
    return join([lines[0], name, *blank, *lines[1:]])


def proc_type(random, block):
    lines = lines_of(block)
    info = random.choice([b"DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF", b"DEK-Info: NONE", b"X: y"])
    kind = random.choice([b"Proc-Type: 4,ENCRYPTED", b"Proc-Type: 4,MIC-ONLY", b"Proc-Type: 5,ENCRYPTED"])
    return join([lines[0], kind, info, b"", *lines[1:]])


def label(random, block):
    word = random.choice([b"TRUSTED CERTIFICATE", b"X509 CERTIFICATE", b"certificate", b"Certificate", b"CERTIFICATES",
                          b"CERTIFICATE ", b" CERTIFICATE", b"CERTIFICATE REQUEST", b"PKCS7", b"", b"CERT", b"X-509",
                          b"PRIVATE KEY", b"PUBLIC KEY", b"X509 CRL", b"EC PRIVATE KEY", b"FOO PRIVATE KEY", b"CMS"])
    return block.replace(b"CERTIFICATE-----", word + b"-----")


def end_label(random, block):
    word = random.choice([b"CERT", b"X509 CERTIFICATE", b"certificate", b"CERTIFICATE ", b"CERTIFICATE2", b""])
    return block.replace(b"END CERTIFICATE-----", b"END " + word + b"-----")


def begin_label(random, block):
    word = random.choice([b"CERT", b"X509 CERTIFICATE", b"certificate", b"CERTIFICATE ", b"TRUSTED CERTIFICATE"])
    return block.replace(b"BEGIN CERTIFICATE-----", b"BEGIN " + word + b"-----")


def dashes(random, block):
    old, new = random.choice([(b"-----BEGIN", b"----BEGIN"), (b"-----BEGIN", b"------BEGIN"), (b"-----END", b"----END"),
                              (b"-----END", b"------END"), (b"E-----\n-", b"E----\n-"), (b"E-----\n", b"E----\n"),
                              (b"E-----\n", b"E------\n"), (b"-----BEGIN ", b"----- BEGIN "), (b"-----END ", b"-----END"),
                              (b"-----BEGIN ", b"-----BEGIN  "), (b"-----END ", b"---- -END "),
                              (b"-----", "\u2014\u2014-".encode()), (b"-----BEGIN ", b"- -----BEGIN ")])
    return block.replace(old, new)


def last_dashes(random, block):
    return block[:-1 - random.randint(1, 5)] + b"\n"


def no_begin(random, block):
    return join(lines_of(block)[1:])


def no_end(random, block):
    return join(lines_of(block)[:-1])


def no_newline_before_end(random, block):
    return block.replace(b"\n-----END", b"-----END")


def no_newline_after_begin(random, block):
    lines = lines_of(block)
    return lines[0] + random.choice([b"", b" "]) + join(lines[1:])


def no_last_newline(random, block):
    return block[:-1]


def glued_dashes(random, block):
    return block[:-6]


def begin_twice(random, block):
    lines = lines_of(block)
    at = random.randrange(1, len(lines))
    return join([lines[0], *lines[1:at], lines[0], *lines[random.choice([1, at]):]])


def end_twice(random, block):
    return block + lines_of(block)[-1] + b"\n"


def another_inside(random, block):
    return insert(random, block, b"\n" + random.choice(CERTIFICATES))


def one_line(random, block):
    return block.replace(b"\n", random.choice([b" ", b"", b"\t", b"\\n", b"\r"])) + random.choice([b"", b"\n"])


def long_body(random, block):
    return pem(der(block), width=random.choice([65, 76, 100, 253, 254, 255, 256, 508, 10_000]))


def short_lines(random, block):
    return pem(der(block), width=random.choice([1, 3, 4, 32, 60, 63]))


def uneven_lines(random, block):
    text, lines = base64.b64encode(der(block)), []
    while text:
        width = random.randint(1, 70)
        lines, text = lines + [text[:width]], text[width:]
    return join([b"-----BEGIN CERTIFICATE-----", *lines, b"-----END CERTIFICATE-----"])


def uneven_after_blank(random, block):
    return uneven_lines(random, block).replace(b"E-----\n", b"E-----\n\n", 1)


def padding(random, block):
    lines = lines_of(block)
    bare = lines[-2].rstrip(b"=")
    lines[-2] = bare + random.choice([b"", b"=", b"==", b"===", b"====", b"=\n=", b"= =", b"=A", b"==AAAA", b"==\n=="])
    return join(lines)


def padding_in_middle(random, block):
    lines = lines_of(block)
    at = body_line(random, lines)
    lines[at] = lines[at][:-4] + random.choice([b"AA==", b"AAA=", b"A===", b"====", b"=AAA"])
    return join(lines)


def trailing_bits(random, block):
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return re.sub(rb"(.)(=+\n-----END)", lambda found: bytes([alphabet[alphabet.index(found[1]) | 3]]) + found[2], block)


def one_character_less(random, block):
    lines = lines_of(block)
    at = body_line(random, lines)
    lines[at] = lines[at][:-random.randint(1, 4)]
    return join(lines)


def cut(random, block):
    return block[:random.randrange(20, len(block) - 1)]


def empty_body(random, block):
    lines = lines_of(block)
    return join([lines[0], *random.choice([[], [b""], [b" "], [b"="], [b"AA=="]]), lines[-1]])


def any_octet(random, block):
    at = random.randrange(len(block))
    return block[:at] + bytes([random.randrange(256)]) + block[at + random.choice([0, 1]):]


def stretch_less(random, block):
    at = random.randrange(len(block))
    return block[:at] + block[at + random.randint(1, 30):]


def stretch_twice(random, block):
    at = random.randrange(len(block))
    length = random.randint(1, 100)
    return block[:at + length] + block[at:at + length] + block[at + length:]


def lines_swapped(random, block):
    lines = lines_of(block)
    first, second = random.sample(range(len(lines)), 2)
    lines[first], lines[second] = lines[second], lines[first]
    return join(lines)


def word_in_line(random, block):
    lines = lines_of(block)
    at = random.randrange(len(lines) + 1)
    word = random.choice([b"-----", b"-----BEGIN ", b"-----END ", b"-----BEGIN CERTIFICATE-----", b"-----END CERTIFICATE-----",
                          b"BEGIN", b": ", b"Proc-Type: 4,ENCRYPTED", b"\xef\xbb\xbf", b"0\x03\x02\x01\x01", b"\r\n", b"\n\n"])
    lines.insert(at, word)
    text = join(lines)
    return text if random.random() < 0.5 else text.replace(word + b"\n", word, 1)


def url_alphabet(random, block):
    lines = lines_of(block)
    return join([lines[0], *(line.replace(b"+", b"-").replace(b"/", b"_") for line in lines[1:-1]), lines[-1]])


def damaged_der(random, block):
    octets = bytearray(der(block))
    octets[random.randrange(min(len(octets), 40))] ^= 1 << random.randrange(8)
    return pem(bytes(octets))


def damaged_der_anywhere(random, block):
    octets = bytearray(der(block))
    octets[random.randrange(len(octets))] ^= 1 << random.randrange(8)
    return pem(bytes(octets))


def short_der(random, block):
    octets = der(block)
    return pem(octets[:-random.randint(1, len(octets) - 1)])


def long_der(random, block):
    return pem(der(block) + random.choice([b"\0", b"\x30\0", b"\x30\x02\x0c\0", b"garbage", der(CERTIFICATES[0])]))


def trusted_der(random, block):
    return pem(der(block) + random.choice([b"", b"\x30\0", b"\x30\x02\x0c\0", b"\x01", b"\x30\x05"]), b"TRUSTED CERTIFICATE")


def not_a_certificate(random, block):
    return pem(random.choice([b"", b"text", b"\x30\0", b"\x30\x03\x02\x01\x01", bytes(60), b"\x30\x82\x01"]))


def wrapped_der(random, block):
    octets = der(block)
    return random.choice([octets, octets + b"\0", octets + b"\n", b"\n" + octets, octets + octets, octets[:-5]])


# Mutations of the whole file: what stands between the blocks.

def text_between(random, blocks):
    text = random.choice([b"subject=CN = x\n", b"# comment\n", b"\n\n\n", b"   \n", b"junk", b"Bag Attributes\n    x: y\n",
                          b"a:b\n", b" ", b"\t\n", b"x" * random.choice([253, 254, 255, 300, 1100]) + b"\n"])
    return [part for block in blocks for part in (text, block)] + [text]


def dashes_between(random, blocks):
    text = random.choice([b"-----\n", b"# -----\n", b"----------\n", b"-----x-----\n", b"-----BEGIN\n", b"-----END x-----\n",
                          b"# -----BEGIN CERTIFICATE-----\n", b"-----BEGIN CERTIFICATE\n", b"-----BEGIN x----\n",
                          b"text -----END CERTIFICATE-----\n", b"-----BEGIN x-----\n", b"-----BEGIN CERTIFICATE-----\n"])
    at = random.randrange(len(blocks) + 1)
    return [*blocks[:at], text, *blocks[at:]]


def garbage_between(random, blocks):
    octets = bytes(random.randrange(256) for _ in range(random.choice([1, 5, 40, 407])))
    at = random.randrange(len(blocks) + 1)
    return [*blocks[:at], octets + random.choice([b"", b"\n"]), *blocks[at:]]


def zeros_between(random, blocks):
    at = random.randrange(len(blocks) + 1)
    text = random.choice([b"\0", b"\0\n", b"x\0y\n", b"\0\0\0\0\n\n", b"x" * 300 + b"\0\n"])
    return [*blocks[:at], text, *blocks[at:]]


def other_between(random, blocks):
    at = random.randrange(len(blocks) + 1)
    other = random.choice([CRL, KEY, pem(b"\x30\x03\x02\x01\x01", b"CERTIFICATE REQUEST"), pem(b"x", b"FOO"),
                           pem(b"x", b"PRIVATE KEY"), pem(b"x", b"EC PARAMETERS"), pem(b"x", b"X509 CRL"),
                           pem(bytes.fromhex("06082a8648ce3d030107"), b"EC PARAMETERS"),
                           KEY.replace(b"KEY-----\n", b"KEY-----\nProc-Type: 4,ENCRYPTED\n"
                                       b"DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\n", 1)])
    return [*blocks[:at], other, *blocks[at:]]


def pkcs7_between(random, blocks):
    at = random.randrange(len(blocks) + 1)
    octets = der(PKCS7)
    other = random.choice([PKCS7, pem(octets, b"CERTIFICATE"), pem(octets, b"CMS"), pem(octets, b"X509 CERTIFICATE"), octets])
    return [*blocks[:at], other, *blocks[at:]]


def der_between(random, blocks):
    at = random.randrange(len(blocks) + 1)
    return [*blocks[:at], der(random.choice(CERTIFICATES)) + random.choice([b"", b"\n"]), *blocks[at:]]


def same_again(random, blocks):
    return [*blocks, random.choice(blocks)]


def marks_between(random, blocks):
    return [part for block in blocks for part in (b"\xef\xbb\xbf", block)]


def utf16(random, blocks):
    return ["".join(map(bytes.decode, blocks)).encode(random.choice(["utf-16-le", "utf-16-be", "utf-16"]))]


def long_line_between(random, blocks):
    return [blocks[0], b"x" * random.choice([1023, 1024, 1025, 66_000]) + b"\n", *blocks[1:]]


def newlines_at_start(random, blocks):
    return [random.choice([b"\n", b"\r\n", b"\r", b" ", b"\t", b"\0", b"\xff\xfe"]), *blocks]


OF_BLOCK = [plain, crlf, mixed_newlines, cr_only, some_cr, byte_order_mark, white_in_body, junk_in_body, white_at_line_start,
            white_at_line_end, junk_at_line_end, indent, indent_body, blank_line, two_blank_lines, blank_after_begin, header,
            proc_type, label, end_label, begin_label, dashes, last_dashes, no_begin, no_end, no_newline_before_end,
            no_newline_after_begin, no_last_newline, glued_dashes, begin_twice, end_twice, another_inside, one_line,
            long_body, short_lines, uneven_lines, uneven_after_blank, padding, padding_in_middle, trailing_bits,
            one_character_less, cut, any_octet, stretch_less, stretch_twice, lines_swapped, word_in_line, empty_body, url_alphabet, damaged_der, damaged_der_anywhere, short_der, long_der, trusted_der,
            not_a_certificate, wrapped_der]
OF_FILE = [text_between, dashes_between, garbage_between, zeros_between, other_between, pkcs7_between, der_between, same_again, marks_between,
           utf16, long_line_between, newlines_at_start]


def damage_block(random, blocks, mutation):
    at = random.randrange(len(blocks))
    return [mutation(random, block) if index == at else block for index, block in enumerate(blocks)]


def mutate(random, blocks, mutation):
    return damage_block(random, blocks, mutation) if mutation in OF_BLOCK else mutation(random, blocks)


def some_blocks(random):
    return [random.choice(CERTIFICATES) for _ in range(random.choice([1, 2, 2, 2, 3]))]


def generate(seed=SEED, each=EACH):
    files = {}
    for mutation in OF_BLOCK + OF_FILE:
        for number in range(each):
            name = f"{mutation.__name__}-{number}"
            random_ = random.Random(f"{seed} {name}")
            files[name] = b"".join(mutate(random_, some_blocks(random_), mutation))
    for number in range(PAIRS * each // EACH):
        random_ = random.Random(f"{seed} pair {number}")
        first, second = random_.choice(OF_BLOCK), random_.choice(OF_BLOCK + OF_FILE[:8])
        blocks = damage_block(random_, [*some_blocks(random_), random_.choice(CERTIFICATES)], first)
        try:
            blocks = mutate(random_, blocks, second)
        except (IndexError, ValueError):
            continue  # The first left nothing that the second could damage.
        files[f"pair-{number}-{first.__name__}-{second.__name__}"] = b"".join(blocks)
    return files


def write(source, folder):
    for name, text in json.loads(pathlib.Path(source).read_text()).items():
        (pathlib.Path(folder) / name).write_bytes(text.encode("latin-1"))


def columns(paths):
    """Joins columns, each with a line of titles and then a line for each file."""
    tables = [dict(line.split("\t", 1) for line in pathlib.Path(path).read_text().splitlines()) for path in paths]
    for name in tables[0]:
        print("\t".join([name, *(table[name] for table in tables)]))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["generate", *numbers]:
            files = {name: octets.decode("latin-1") for name, octets in generate(*map(int, numbers)).items()}
            json.dump(files, sys.stdout, indent=0, ensure_ascii=True)
            print()
        case ["write", source, folder]:
            write(source, folder)
        case ["join", *paths]:
            columns(paths)
        case _:
            sys.exit(__doc__)
