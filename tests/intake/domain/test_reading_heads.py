"""The pure rules: who is the sender, what proves them, what the words ask for, what a report means."""

import pytest

from intake.domain.head import head_of
from intake.domain.identity import identity_of
from intake.domain.proof import Proof, proof_of
from intake.domain.reports import report_in
from intake.domain.sorting import WORDS, Ground
from intake.domain.words import bare_subject, escalation_in, wishes_in

OURS = ["mx.desk.example"]


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("Ann Lee <Ann@Acme.example>", "ann@acme.example"),
        ("ann@acme.example", "ann@acme.example"),
        ('"Lee, Ann" <ann@acme.example>', "ann@acme.example"),
        ('"boss@bank.example" <ann@acme.example>', "ann@acme.example"),
        ("=?utf-8?q?boss=40bank.example?= <ann@acme.example>", "ann@acme.example"),
        ("boss@bank.example <ann@acme.example>", None),
        ("<boss@bank.example> <ann@acme.example>", None),
        ("ann@acme.example, boss@bank.example", None),
        ("ann@acme.example(x)boss@bank.example", None),
        ("ann@acme.example\r\n\tboss@bank.example", None),
        ("ann@[127.0.0.1]", None),
        ("", None),
        ("Ann", None),
    ],
)
def test_a_sender_is_one_address_or_nobody(line: str, address: str | None) -> None:
    sender = head_of(f"From: {line}\r\n\r\nhi".encode()).sender
    assert (sender.address if sender else None) == address


def test_two_senders_are_nobody() -> None:
    assert head_of(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n").sender is None


def test_only_the_outermost_head_counts() -> None:
    head = head_of(b"Subject: out\r\n\r\nFrom: a@b.example\r\nAuto-Submitted: auto-replied\r\n")
    assert (head.sender, head.subject, head.automatic) == (None, "out", "")


def test_words_of_a_head_hold_no_breaks_or_marks() -> None:
    head = head_of(b"Subject: =?utf-8?q?a=0D=0ABcc:_x=00=E2=80=AE?= \x1b[31m\r\n\r\n")
    assert head.subject.isprintable()


@pytest.mark.parametrize(
    ("verdict", "proof"),
    [
        ("mx.desk.example; dmarc=pass header.from=acme.example", Proof.PASS),
        ("mx.desk.example 1; spf=fail; dmarc=pass (p=none) header.from=acme.example", Proof.PASS),
        ("MX.Desk.Example; dkim=pass header.d=acme.example", Proof.PASS),
        ("mx.desk.example; dkim=pass header.i=@mail.example; dkim=pass header.d=acme.example", Proof.PASS),
        ("mx.desk.example; dkim=pass header.d=evil.example", Proof.FAIL),
        ("mx.desk.example; dkim=pass header.d=example", Proof.FAIL),
        ("mx.desk.example; dmarc=pass header.from=evil.example", Proof.FAIL),
        ("mx.desk.example; dmarc=fail header.from=acme.example", Proof.FAIL),
        ("mx.desk.example; spf=pass smtp.mailfrom=acme.example", Proof.FAIL),
        ("mx.desk.example; x=y (dmarc=pass header.from=acme.example)", Proof.FAIL),
        ("mx.desk.example; none", Proof.FAIL),
        ("mx.evil.example; dmarc=pass header.from=acme.example", Proof.NONE),
        ("", Proof.NONE),
    ],
)
def test_a_sender_is_proven_by_our_own_server_alone(verdict: str, proof: Proof) -> None:
    assert proof_of([verdict], domain="acme.example", servers=OURS) is proof


def test_a_verdict_that_came_with_the_mail_stands_below_ours() -> None:
    verdicts = [f"{OURS[0]}; dmarc=fail", f"{OURS[0]}; dmarc=pass header.from=acme.example"]
    assert proof_of(verdicts, domain="acme.example", servers=OURS) is Proof.FAIL


def test_a_subdomain_is_covered_by_its_parents_signature_and_not_the_other_way_round() -> None:
    signed = [f"{OURS[0]}; dkim=pass header.d=acme.example"]
    assert proof_of(signed, domain="mail.acme.example", servers=OURS) is Proof.PASS
    signed = [f"{OURS[0]}; dkim=pass header.d=mail.acme.example"]
    assert proof_of(signed, domain="acme.example", servers=OURS) is Proof.FAIL


def test_where_no_server_is_named_nobody_is_proven() -> None:
    assert proof_of(["; dmarc=pass"], domain="acme.example", servers=[]) is Proof.NONE


@pytest.mark.parametrize(
    ("subject", "text", "reason"),
    [
        ("Re: Board", "ESCALATE: we cannot ship", "we cannot ship"),
        ("Re: Board", "\n escalate :  we cannot ship \nmore", "we cannot ship"),
        ("Re: Escalate: the board", "It is down.", "the board"),
        ("RE: AW: ESCALATE:", "It is down.", "It is down."),
        ("Re: Board", "Please escalate: now", None),
        ("Re: How do I escalate: a question", "Hello", None),
        ("Re: Board", "Hello\nESCALATE: now", None),
        ("Re: Board", "ESCALATED", None),
    ],
)
def test_an_escalation_is_asked_for_by_the_first_words(subject: str, text: str, reason: str | None) -> None:
    assert escalation_in(subject=subject, text=text) == reason


def test_urgency_and_type_are_read_from_the_first_lines_alone() -> None:
    known = {"urgencies": {"High": "high"}, "request_types": {"Service request": "request"}}
    wishes = wishes_in("Urgency: HIGH\ntype: service request\n\nHello", **known)
    assert (wishes.urgency, wishes.request_type) == ("high", "request")
    late = wishes_in("\n".join("x" for _ in range(9)) + "\nUrgency: High", **known)
    assert late.urgency == wishes_in("Urgency: enormous", **known).urgency == ""


@pytest.mark.parametrize("subject", ["Re: Fwd: AW[2]: RE :Board", "Board", "re:board"])
def test_the_marks_of_answering_fall_away(subject: str) -> None:
    assert bare_subject(subject).lower() == "board"


def test_the_same_mail_by_two_ways_is_one_and_another_body_another() -> None:
    mail = b"Message-ID: <1@x>\r\nFrom: a@b\r\n\r\nbody"
    assert identity_of(b"Received: by way\r\n" + mail) == identity_of(mail)
    assert identity_of(mail + b"!") != identity_of(mail)
    folded = mail.replace(b"Message-ID: ", b"message-id:\r\n ")
    assert identity_of(folded) == identity_of(mail)


def test_without_an_id_the_bytes_tell_mails_apart() -> None:
    assert identity_of(b"Date: 1\r\n\r\nbody") != identity_of(b"Date: 2\r\n\r\nbody")
    assert identity_of(b"Subject: x\r\n\r\nMessage-ID: <1@x>").message_id == ""


def test_a_report_without_failure_or_delay_says_nothing() -> None:
    assert report_in([("Action", "delivered"), ("Status", "2.0.0")]) is None
    assert report_in([]) is None


def test_the_servers_own_words_are_kept_without_breaks_or_end() -> None:
    report = report_in([("Action", "failed"), ("Diagnostic-Code", "smtp; 550 5.7.1\r\n  no " + "x" * 999)])
    assert report is not None
    assert (report.status, len(report.detail)) == ("5.7.1", 240)
    assert report.detail.startswith("550 5.7.1 no x")
    assert not report.is_about_the_address


def test_every_ground_has_its_sentence() -> None:
    assert set(WORDS) == set(Ground)
    assert all(words.endswith(".") for words in WORDS.values())
