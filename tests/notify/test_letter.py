"""A mail's headers hold what we put there, whatever people call themselves and their tickets."""

from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import Message
from email.policy import default

import pytest

from notify.letter import Letter, one_line, quoted

PAYLOADS = [
    "Bcc: x@evil.example",
    "a\r\nBcc: x@evil.example",
    "a\nBcc: x@evil.example\n\nbody",
    "a\rBcc: x@evil.example",
    "a\x00b",
    "a\x0bBcc: x@evil.example",
    "a\u2028Bcc: x@evil.example",
    "a\u2029Bcc: x@evil.example",
    "a\x85Bcc: x@evil.example",
    'a", <x@evil.example>, "b',
    "a <x@evil.example>",
    "a, x@evil.example",
    "=?utf-8?q?a=0d=0aBcc:_x@evil.example?=",
    "\u202egnp.exe",
    "ü" * 400,
    "",
]


def sent(letter: Letter) -> Message:
    return message_from_bytes(letter.as_mail().message().as_bytes(), policy=default)


def letter(*, subject: str = "News", from_name: str = "Ruth Okafor") -> Letter:
    return Letter(
        to="bram@acme.example",
        from_name=from_name,
        return_path="bounce+1.x@desk.example",
        subject=subject,
        text="Text",
        html="<p>Text</p>",
        headers={"Message-ID": "<delivery-1@desk.example>"},
    )


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("field", ["subject", "from_name"])
def test_no_name_or_subject_adds_a_header_or_a_recipient(field: str, payload: str) -> None:
    mail = sent(letter(**{field: payload}))
    assert sorted(name.lower() for name in mail) == sorted(
        ["content-type", "mime-version", "subject", "from", "to", "date", "message-id"]
    )
    assert mail["To"] == "bram@acme.example"
    author = mail["From"]
    assert isinstance(author, AddressHeader)
    assert [address.addr_spec for address in author.addresses] == ["support@caredesk.localhost"]


def test_a_mail_has_the_same_words_as_text_and_as_html() -> None:
    mail = sent(letter())
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]


def test_the_envelope_carries_the_return_path_and_the_from_line_the_desk() -> None:
    mail = letter().as_mail()
    assert mail.from_email == "bounce+1.x@desk.example"
    assert mail.recipients() == ["bram@acme.example"]
    assert "support@caredesk.localhost" in str(mail.message()["From"])


def test_one_line_keeps_words_and_drops_what_steers() -> None:
    assert one_line("Züri\r\n Bcc:\u2028x\u202e") == "Züri Bcc: x"


def test_a_name_of_nothing_but_signs_becomes_the_desks() -> None:
    assert quoted('<>,";') == "Caredesk"
