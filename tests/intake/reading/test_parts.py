"""Words and files come out of every mail, hostile ones within bounds; nothing makes the reader fail."""

import base64
import time
from contextlib import suppress
from email.message import EmailMessage
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.domain.head import head_of
from intake.domain.identity import identity_of
from intake.reading import UnreadableError, content_of, folded
from tests.intake.letters import letter

HEAD = b"From: a@b.example\r\nMIME-Version: 1.0\r\n"


def part(head: str, body: bytes) -> bytes:
    """A mail of one part."""
    return HEAD + head.encode() + b"\r\n\r\n" + body


def test_plain_words_go_before_html() -> None:
    assert content_of(letter("a@b.example", text="plain", html="<p>html</p>")).text == "plain"


def test_where_there_is_only_html_its_words_are_taken() -> None:
    page = "<style>p{}</style><p>Hello <b>you</b></p><script>x()</script><ul><li>one<li>two</ul>"
    assert content_of(part("Content-Type: text/html", page.encode())).text == "Hello you\n\n- one\n- two"


def test_links_and_pictures_in_html_are_words() -> None:
    page = (
        '<a href="https://x.example/">here</a> <img src="cid:1" alt="chart"> <a href="javascript:x()">no</a>'
    )
    words = content_of(part("Content-Type: text/html", page.encode())).text
    assert words == "here <https://x.example/> [chart] no"


def test_quotes_in_html_are_marked_and_fold() -> None:
    page = "<p>Yes.</p><blockquote><p>Did you?</p><blockquote>Try it</blockquote></blockquote>"
    text = content_of(part("Content-Type: text/html", page.encode())).text
    assert folded(text) == ("Yes.", "> Did you?\n\n> > Try it") or folded(text)[0] == "Yes."


@pytest.mark.parametrize(
    ("charset", "content", "words"),
    [
        ("iso-8859-1", "für".encode("latin-1"), "für"),
        ("utf-8", "für".encode(), "für"),
        ("utf-8", "für".encode("latin-1"), "für"),
        ("x-unknown", "für".encode(), "für"),
        ("windows-1252", b"\x93quoted\x94", "“quoted”"),
        ("utf-16", "für".encode("utf-16"), "für"),
        ("idna", b"xn--" + b"a" * 500, "xn--" + "a" * 500),
        ("shift_jis", "障害".encode("shift_jis"), "障害"),
    ],
)
def test_every_charset_gives_words(charset: str, content: bytes, words: str) -> None:
    assert content_of(part(f"Content-Type: text/plain; charset={charset}", content)).text == words


def test_files_keep_their_names_and_bytes() -> None:
    found = content_of(letter("a@b.example", files=[("müll.log", b"\x00\x01"), ("x.zip", b"PK")])).files
    assert [(one.name, one.content) for one in found] == [("müll.log", b"\x00\x01"), ("x.zip", b"PK")]


def test_pictures_inside_the_text_become_files() -> None:
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("See the picture")
    mail.add_alternative('<p>See <img src="cid:p1"></p>', subtype="html")
    html = mail.get_payload()[1]  # type: ignore[index]
    html.add_related(b"\x89PNG", maintype="image", subtype="png", cid="<p1>")  # type: ignore[union-attr]
    content = content_of(mail.as_bytes())
    assert (content.text, [one.name for one in content.files]) == ("See the picture", ["part-1.png"])


def test_a_mail_inside_a_mail_is_a_file_and_its_head_counts_nowhere() -> None:
    inner = letter("boss@bank.example", subject="Inner")
    raw = part(
        'Content-Type: multipart/mixed; boundary="b"',
        b"--b\r\nContent-Type: text/plain\r\n\r\nLook\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner
        + b"\r\n--b--\r\n",
    )
    content, head = content_of(raw), head_of(raw)
    assert (content.text, [one.name for one in content.files]) == ("Look", ["part-1.eml"])
    assert head.sender is not None
    assert head.sender.address == "a@b.example"


def nested(depth: int) -> bytes:
    """Parts in parts in parts."""
    begin = b"".join(
        b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(depth)
    )
    return HEAD + begin + b"Content-Type: text/plain\r\n\r\nin here"


def many(count: int) -> bytes:
    """Many parts beside one another."""
    one = b"--b\r\nContent-Type: text/plain; name=x\r\n\r\nx\r\n"
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + one * count + b"--b--\r\n"


BOMBS = {
    "nested": nested(10_000),
    "rather nested": nested(50),
    "many parts": many(10_000),
    "endless head": b"X: " + b"a" * 5_000_000,
    "many heads": HEAD + b"Content-Type: text/plain\r\nX: y\r\n" * 40_000 + b"\r\n\r\nhi",
}
TAME = {
    "broken base64": part("Content-Transfer-Encoding: base64", b"%%%%not base64=" * 1_000),
    "cut off": many(3)[:-20],
    "no end": part('Content-Type: multipart/mixed; boundary="never"', b"words without a boundary"),
    "empty boundary": part('Content-Type: multipart/mixed; boundary=""', b"----\r\n\r\n"),
    "long boundary": part(f'Content-Type: multipart/mixed; boundary="{"b" * 5_000}"', b"--b"),
    "html bomb": part("Content-Type: text/html", b"<div><b><a>" * 100_000),
    "comment bomb": part("Content-Type: text/html", b"<!--" * 200_000),
    "table bomb": part("Content-Type: text/html", b"<table><tr><td>" * 30_000),
    "quote bomb": part("Content-Type: text/plain", b"> " * 200_000),
    "header words": HEAD + b"Subject: " + b"=?utf-8?q?a?= " * 500 + b"\r\n\r\nhi",
    "tnef": part("Content-Type: application/ms-tnef; name=winmail.dat", b"\x78\x9f\x3e\x22"),
    "uuencoded": part("Content-Transfer-Encoding: x-uuencode", b"begin 644 x\n#0V%T\n`\nend\n"),
    "big file": part(
        "Content-Type: application/zip; name=z.zip\r\nContent-Transfer-Encoding: base64",
        base64.encodebytes(b"\x00" * 4_000_000),
    ),
    "nothing": b"",
    "zeros": b"\x00" * 1_000,
    "lone breaks": b"From: a@b.example\rSubject: x\r\rbody\n.\nMAIL FROM:<x>\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_by_name_and_at_once(name: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableError, match=r"head|nested|parts"):
        content_of(BOMBS[name])
    head_of(BOMBS[name])
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", TAME)
def test_what_is_merely_broken_is_read_as_far_as_it_goes_within_two_seconds(name: str) -> None:
    began = time.process_time()
    content = content_of(TAME[name])
    folded(content.text)
    head_of(TAME[name])
    identity_of(TAME[name])
    assert time.process_time() - began < 2


PIECES = [
    *(
        b"From: ",
        b"a@b.example",
        b"<a@b.example>",
        b"\r\n",
        b"\n",
        b"\r",
        b" ",
        b"\t",
        b"=?utf-8?b?",
        b"\x00",
    ),
    *(
        b"Subject: =?utf-8?b?",
        b"--b\r\n",
        b"--b--\r\n",
        b"charset=\xff\r\n",
        b"\xf0\x9f",
        b"Action: failed\r\n",
    ),
    *(
        b"<div>",
        b"</a>",
        b"&#0;",
        b"<!--",
        b"<style>",
        b"=0D=0A",
        b'filename="',
        b"*0*=''%",
        b"On x wrote:\n> ",
    ),
    b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: text/html\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Type: message/rfc822\r\n",
    b"Content-Type: message/delivery-status\r\n",
    b"Content-Disposition: attachment; filename*=utf-8''%00%ff\r\n",
]


@settings(max_examples=300, deadline=2_000, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES) | st.binary(max_size=40), max_size=60).map(b"".join))
def test_no_bytes_whatever_break_the_reader(raw: bytes) -> None:
    identity_of(raw)
    head = head_of(raw)
    assert head.sender is None or "@" in head.sender.address
    assert all(sign.isprintable() for sign in head.subject)
    with suppress(UnreadableError):
        _folds(content_of(raw).text)


def _folds(text: str) -> None:
    """Folding loses no word."""
    fresh, quoted = folded(text)
    assert len(fresh) + len(quoted) <= len(text)


@pytest.mark.parametrize(("depth", "count"), list(product((3, 15), (5, 150))))
def test_honest_mails_pass_the_bounds(depth: int, count: int) -> None:
    assert content_of(nested(depth)).text == "in here"
    assert len(content_of(many(count)).files) == count
