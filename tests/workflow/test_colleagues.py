"""Who writes in a proposal: inviting, removing, leaving and handing over; whom it tells, and what nobody gets by it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from organisation.models import Appointment, User
from proposals.colleagues import present
from proposals.models import Act, Colleague, Presence, Proposal
from proposals.policy import Role, addressees, visible_to
from proposals.sections import Introduction
from proposals.states import State
from proposals.writing import begin, discard, invite, write
from tests.story import bring_to, draft, step
from tests.workflow.browsing import cost, signed_in, text
from tests.workflow.test_accounts import link_in, set_password, sign_in
from workflow import colleagues as workflow_colleagues
from workflow.demonstration.cast import Cast, address
from workflow.models import Letter
from workflow.outbox import send_due


@pytest.fixture(autouse=True)
def domains(settings):
    """The cast's own domain, and a second one."""
    settings.INVITED_DOMAINS = ["demo.example", "itc.demo.example"]


@pytest.fixture
def proposal(cast: Cast) -> Proposal:
    """Ana's draft at headquarters."""
    return draft(cast.ana, cast.offices["WORKSKILLS"])


def page(proposal: Proposal, tail: str = "") -> str:
    return f"/proposals/{proposal.pk}/colleagues/{tail}"


def send(proposal: Proposal, by: User, email: str, **more: str):
    """The answer to somebody who invites."""
    return signed_in(by).post(page(proposal), {"address": email, "name": "", **more})


def hand(proposal: Proposal, by: User, to: str, **more: str):
    """The answer to somebody who hands a proposal over, on the page that asks once more."""
    return signed_in(by).post(page(proposal, "hand-over/"), {"to": to, "address": "", "name": "", "confirmed": "yes", **more})


def end(proposal: Proposal, by: User, whom: User):
    """The answer to somebody who ends a colleague's part."""
    row = Colleague.objects.get(proposal=proposal, user=whom)
    return signed_in(by).post(page(proposal, f"{row.pk}/remove/"))


def error(answer) -> str:
    """The sentence with which a page refuses."""
    assert answer.status_code == 422, answer.status_code
    found = re.search(r'<div class="jpo-error-summary".*?</h2>(.*?)</div>', answer.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).replace("&#x27;", "'").split())


def who(proposal: Proposal) -> tuple[str, list[str]]:
    """Its author and its colleagues, by address."""
    found = Proposal.objects.get(pk=proposal.pk)
    return found.author.email.partition("@")[0], [row.user.email.partition("@")[0] for row in present(found)]


def acts(proposal: Proposal) -> list[str]:
    return [str(act) for act in Act.objects.filter(proposal=proposal)]


def written() -> list[tuple[str, str]]:
    """Whom letters go to, with their subjects."""
    return [(letter.to_address.partition("@")[0], letter.subject) for letter in Letter.objects.order_by("pk")]


# Inviting


def test_somebody_with_an_account_is_let_in_and_gets_a_letter_with_the_link(proposal, cast):
    answer = send(proposal, cast.ana, "Colin@Demo.Example ")
    assert (answer.status_code, answer["Location"]) == (302, page(proposal))
    assert who(proposal) == ("ana", ["colin"])
    assert acts(proposal) == ["Ana Lindqvist invited Colin Mbeki"]
    letter = Letter.objects.get()
    assert (letter.to_address, letter.to_name, letter.proposal) == ("colin@demo.example", "Colin Mbeki", proposal)
    assert letter.subject == "Ana Lindqvist invites you to write a vacancy proposal"
    assert letter.body == (
        "Dear Colin Mbeki,\n"
        "\n"
        "Ana Lindqvist invites you to write in this vacancy proposal for a Junior Professional Officer:\n"
        "\n"
        "  Junior Professional Officer on apprenticeship systems\n"
        "  WORKSKILLS\n"
        "\n"
        "You find it here:\n"
        "\n"
        f"http://testserver/proposals/{proposal.pk}/\n"
        "\n"
        "Whoever writes in a proposal does not decide on it. If this is not for you, you can leave it on its page “Colleagues”.\n"
        "\n"
        "JPO Portal\n"
    )
    assert "Go on writing" in text(signed_in(cast.colin).get(f"/proposals/{proposal.pk}/"))


def test_somebody_without_an_account_gets_one_and_one_letter_with_both_links(proposal, cast, client):
    send(proposal, cast.ana, "vera.lund@demo.example")
    vera = User.objects.get(email="vera.lund@demo.example")
    assert (vera.name, vera.has_usable_password(), vera.held) == ("Vera Lund", False, [])
    letter = Letter.objects.get()
    assert f"\n\nhttp://testserver/proposals/{proposal.pk}/\n" in letter.body
    set_password(client, link_in(letter), "a quiet new phrase")
    assert sign_in(client, vera.email, "a quiet new phrase")["Location"] == "/"
    answer = client.post(
        f"/proposals/{proposal.pk}/edit/introduction/", {"introduction": "Vera's words.", "revision": "0", "go": "stay"}
    )
    assert answer.status_code == 302
    assert Introduction.objects.get(proposal=proposal).introduction == "<p>Vera's words.</p>"


def test_a_name_that_was_given_is_for_a_new_account_alone(proposal, cast):
    send(proposal, cast.ana, "v.lund@demo.example", name="Vera  Lund-Ångström")
    send(proposal, cast.ana, address("colin"), name="Another Name")
    assert [row.user.name for row in present(proposal)] == ["Vera Lund-Ångström", "Colin Mbeki"]


def test_who_never_set_a_password_gets_the_link_for_it_again(proposal, cast):
    send(proposal, cast.ana, "vera@demo.example")
    other = draft(cast.felix, cast.offices["CO-Jakarta"])
    send(other, cast.felix, "vera@demo.example")
    first, second = Letter.objects.order_by("pk")
    assert User.objects.filter(email="vera@demo.example").count() == 1
    assert link_in(first)
    assert link_in(second)


def test_the_inviter_is_answered_the_same_for_a_known_and_an_unknown_address(proposal, cast):
    def answer(email: str):
        told = signed_in(cast.ana).post(page(proposal), {"address": email}, follow=True)
        shown = text(told).replace(email, "@").partition("Who writes in it")[0]
        return [code for _, code in told.redirect_chain], told.status_code, shown

    known, unknown = answer(address("colin")), answer("nobody.yet@demo.example")
    assert known == unknown
    assert known[2].startswith("A letter with the invitation is on its way to @.")


def test_an_invited_person_sees_this_proposal_and_nothing_else(proposal, cast):
    others = [
        draft(cast.ana, cast.offices["WORKSKILLS"], title="on secrets"),
        bring_to(State.ISSUED, cast),
        bring_to(State.ENDORSEMENT, cast, field=True),
    ]
    send(proposal, cast.ana, "vera@demo.example")
    vera = User.objects.get(email="vera@demo.example")
    assert list(visible_to(vera)) == [proposal]
    browser = signed_in(vera)
    for tail in (
        "",
        "proposals/",
        "proposals/?show=all",
        "proposals/?q=officer",
        "proposals/new/copy/",
        "proposals/new/copy/?q=secrets",
    ):
        answer = browser.get(f"/{tail}").content.decode()
        shown = set(re.findall(r"/proposals/(?:new/copy/)?(\d+)/", answer))
        assert (shown <= {str(proposal.pk)}, "secrets</a>" in answer) == (True, False), tail
    for other in others:
        for tail in ("", "edit/", "edit/introduction/", "details/", "delete/", "preview.pdf", "versions/1/", "versions/1.pdf", "steps/withdraw/", "colleagues/", "colleagues/hand-over/"):  # fmt: skip
            assert browser.get(f"/proposals/{other.pk}/{tail}").status_code == 404, tail
        assert browser.get(f"/proposals/new/copy/{other.pk}/").status_code == 404
    assert browser.get("/admin/", follow=True).status_code == 403
    assert browser.get(page(proposal, "hand-over/")).status_code == 403
    assert send(proposal, vera, "another@demo.example").status_code == 403
    assert Colleague.objects.filter(proposal=proposal).count() == 1


ODD = {
    "vera@gmail.example": "Only addresses that end in @demo.example or @itc.demo.example can be invited.",
    "vera@evil-demo.example": "Only addresses that end in @demo.example or @itc.demo.example can be invited.",
    "vera@sub.demo.example": "Only addresses that end in @demo.example or @itc.demo.example can be invited.",
    "vera@demo.example.evil.example": "Only addresses that end in @demo.example or @itc.demo.example can be invited.",
    "vеra@demo.example": "“е” cannot stand in an office address, even if it looks right. Type the address in plain letters.",  # Cyrillic
    "vera@dеmo.example": "“е” cannot stand in an office address, even if it looks right. Type the address in plain letters.",
}
NO_ADDRESS = [
    "vera", "@demo.example", "vera@", "a b@demo.example", "vera@demo.example, eve@evil.example", "vera@evil.example@demo.example",
    "vera@demo.example\nBcc: eve@evil.example", "vera@demo.example\r\nBcc: eve@evil.example", "vera\x00@demo.example",
    '"Vera" <vera@demo.example>', '"vera@evil.example"@demo.example', "vera%evil.example@demo.example", "dina+2@demo.example",
    "vera..lund@demo.example", ".vera@demo.example", "vera.@demo.example", "vera(x)@demo.example", "vera@[127.0.0.1]",
    "vera!x@demo.example", "vera@demo.example.", "a" * 250 + "@demo.example",
]  # fmt: skip


@pytest.mark.parametrize("odd", [*ODD, *NO_ADDRESS])
def test_an_odd_address_is_refused_in_words_and_nothing_is_done(proposal, cast, odd):
    before = User.objects.count()
    answer = send(proposal, cast.ana, odd)
    assert error(answer) == ODD.get(
        odd, "This is no e-mail address that can be invited. Type one address, like name@ilo.org, and nothing else."
    )
    assert (User.objects.count(), Letter.objects.count(), Colleague.objects.count()) == (before, 0, 0)


def test_a_name_that_the_paper_cannot_print_is_not_taken(proposal, cast):
    said = error(send(proposal, cast.ana, "vera@demo.example", name="李明"))
    assert said.startswith("This name holds “李” (U+674E CJK UNIFIED IDEOGRAPH-674E) and “明” (U+660E")
    assert not User.objects.filter(email="vera@demo.example").exists()


@pytest.mark.parametrize("name", ["See https://evil.example", "Win $500", "a@b", "<b>Vera</b>", "V" * 101, "1", "…"])
def test_a_name_carries_no_message_to_a_third_person(proposal, cast, name):
    assert (
        error(send(proposal, cast.ana, "vera@demo.example", name=name))
        == "Type a name in letters, such as “Vera Lund”, or leave this empty."
    )
    assert Letter.objects.count() == 0


def test_a_title_with_line_ends_and_a_name_put_nothing_into_a_letters_head(cast):
    proposal = begin(cast.ana, cast.offices["WORKSKILLS"], answers={"title": "x\r\nBcc: eve@evil.example"})
    User.objects.filter(pk=cast.ana.pk).update(name="Ana\r\nBcc: eve@evil.example")
    send(proposal, cast.ana, address("colin"))
    letter = Letter.objects.get()
    assert (letter.to_address, "\n" in letter.subject, "\r" in letter.subject) == ("colin@demo.example", False, False)


def test_nobody_is_invited_twice_nor_oneself_nor_a_closed_account(proposal, cast):
    User.objects.filter(pk=cast.otto.pk).update(is_active=False)
    send(proposal, cast.ana, address("colin"))
    said = []
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        for name in ("colin", "ana", "otto"):
            said.append(error(send(proposal, cast.ana, address(name))))
    assert said == [
        "Colin Mbeki writes in it already.",
        "You are its author.",
        "Nobody can be reached at otto@demo.example in this portal. Ask the JPO unit.",
    ]
    assert (who(proposal), len(written())) == (("ana", ["colin"]), 1)


def test_a_button_pressed_twice_invites_once(proposal, cast):
    assert [send(proposal, cast.ana, address("colin")).status_code for _ in range(2)] == [302, 302]
    assert (acts(proposal), len(written())) == (["Ana Lindqvist invited Colin Mbeki"], 1)


def test_twenty_colleagues_are_enough(proposal, cast):
    for number in range(20):
        invite(proposal, User.objects.create_user(f"c{number}@demo.example", f"C {number}"))
    Act.objects.all().delete()
    assert (
        error(send(proposal, cast.ana, address("colin"))) == "20 colleagues write in it. There cannot be more; remove one first."
    )


def test_twenty_invitations_a_day_are_enough_also_after_drafts_were_deleted(proposal, cast):
    for number in range(20):
        other = begin(cast.ana, cast.offices["WORKSKILLS"])
        assert send(other, cast.ana, f"guest{number}@demo.example").status_code == 302
        discard(other.pk, cast.ana)
    assert (
        error(send(proposal, cast.ana, address("colin")))
        == "You have done this 20 times within a day. Go on tomorrow, or ask the JPO unit."
    )
    assert send(draft(cast.felix, cast.offices["CO-Jakarta"]), cast.felix, address("colin")).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        assert send(proposal, cast.ana, address("colin")).status_code == 302


# Who may decide


DINA = "Dina Haddad is asked to endorse this proposal; who writes in it cannot decide on it. The next office up would be asked: Maya Ferreira, ILO-HQ."


def test_inviting_who_would_decide_asks_for_a_tick_first(proposal, cast):
    answer = send(proposal, cast.ana, address("dina"), name="Typed")
    assert error(answer) == DINA
    page = answer.content.decode()
    assert all(piece in page for piece in ('value="dina@demo.example"', 'value="Typed"', 'name="knowing"'))
    assert who(proposal) == ("ana", [])
    assert 'name="knowing"' not in send(proposal, cast.ana, "x").content.decode()
    send(proposal, cast.ana, address("dina"), knowing="on")
    assert who(proposal) == ("ana", ["dina"])
    assert [a.user for a in addressees(proposal, Role.DIRECTOR)] == [cast.maya]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (
            "diego",
            "Diego Santoso is asked to endorse this proposal; who writes in it cannot decide on it. Nobody else is appointed who could.",
        ),
        (
            "hugo",
            "Hugo Marchetti is asked to approve this proposal; who writes in it cannot decide on it. Otto Berg would still be asked.",
        ),
        (
            "june",
            "June Okafor is asked to issue this proposal; who writes in it cannot decide on it. Nobody else is appointed who could.",
        ),
    ],
)
def test_the_warning_says_who_would_be_left(cast, name, sentence):
    Appointment.objects.create(user=cast.otto, role="hr_partner", region=cast.offices["CO-Jakarta"].region)
    assert error(send(draft(cast.felix, cast.offices["CO-Jakarta"]), cast.felix, address(name))) == sentence


def test_whose_deputy_would_decide_is_warned_of_too(proposal, cast):
    Appointment.objects.filter(user=cast.adele).delete()
    Appointment.objects.create(user=cast.adele, role="director", office=cast.offices["WORKSKILLS"], acting_for=cast.dina)
    assert error(send(proposal, cast.ana, address("dina"))) == (
        "Adele Fontaine and Dina Haddad are asked to endorse this proposal; who writes in it, or acts for somebody who does, "
        "cannot decide on it. The next office up would be asked: Maya Ferreira, ILO-HQ."
    )
    assert error(send(proposal, cast.ana, address("adele"))).endswith("Dina Haddad would still be asked.")


def test_whoever_has_it_now_to_decide_is_not_taken_from_it(cast):
    proposal = bring_to(State.ENDORSEMENT, cast)
    for answer in (
        send(proposal, cast.ana, address("dina"), knowing="on"),
        hand(proposal, cast.ana, "somebody else", address=address("dina"), knowing="on"),
    ):
        assert error(answer) == "This proposal is with Dina Haddad now; who writes in it cannot decide on it. Take it back first."
    assert who(proposal) == ("ana", [])
    step("endorse", proposal, cast.dina)


# Removing and leaving


def test_a_removed_colleague_sees_and_writes_nothing_from_that_moment(proposal, cast):
    invite(proposal, cast.colin)
    write(proposal.pk, Introduction, cast.colin, {"introduction": "<p>Colin's words.</p>"}, 0)
    Presence.objects.create(proposal=proposal, section="introduction", user=cast.colin)
    colin = signed_in(cast.colin)
    assert colin.get(f"/proposals/{proposal.pk}/edit/introduction/").status_code == 200
    assert end(proposal, cast.ana, cast.colin)["Location"] == page(proposal)
    late = {"introduction": "Too late.", "revision": "1", "go": "stay"}
    assert [
        colin.get(f"/proposals/{proposal.pk}/").status_code,
        colin.post(f"/proposals/{proposal.pk}/edit/introduction/", late).status_code,
    ] == [404, 404]
    assert Introduction.objects.get(proposal=proposal).introduction == "<p>Colin's words.</p>"
    assert (who(proposal), Presence.objects.count()) == (("ana", []), 0)
    letter = Letter.objects.get()
    assert (letter.to_address, letter.subject) == ("colin@demo.example", "You no longer write in a vacancy proposal")
    assert "If that is a mistake, write to Ana Lindqvist: ana@demo.example" in letter.body
    assert acts(proposal) == ["Ana Lindqvist invited Colin Mbeki", "Ana Lindqvist removed Colin Mbeki"]


def test_a_text_stays_ones_own_after_one_was_removed(proposal, cast):
    send(proposal, cast.ana, address("dina"), knowing="on")
    end(proposal, cast.ana, cast.dina)
    step("submit", proposal, cast.ana)
    assert [a.user for a in addressees(proposal, Role.DIRECTOR)] == [cast.maya]
    assert signed_in(cast.dina).get(f"/proposals/{proposal.pk}/steps/endorse/").status_code == 403


def test_a_removed_colleague_can_be_invited_again(proposal, cast):
    invite(proposal, cast.colin)
    end(proposal, cast.ana, cast.colin)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        send(proposal, cast.ana, address("colin"))
        row = Colleague.objects.get(proposal=proposal)
        assert (row.until, row.invited_by, timezone.now() - row.since < timedelta(minutes=1)) == (None, cast.ana, True)
    assert acts(proposal) == [
        "Ana Lindqvist invited Colin Mbeki",
        "Ana Lindqvist removed Colin Mbeki",
        "Ana Lindqvist invited Colin Mbeki",
    ]


def test_a_colleague_leaves_by_themselves_and_removes_nobody(proposal, cast):
    for user in (cast.colin, cast.otto):
        invite(proposal, user)
    shown = text(signed_in(cast.colin).get(page(proposal)))
    assert ("Leave" in shown, "Remove" in shown, "Invite a colleague" in shown) == (True, False, False)
    assert end(proposal, cast.colin, cast.otto).status_code == 403
    assert end(proposal, cast.colin, cast.colin)["Location"] == "/"
    assert who(proposal) == ("ana", ["otto"])
    assert (acts(proposal)[-1], written()) == (
        "Colin Mbeki left",
        [("ana", "Colin Mbeki no longer writes in your vacancy proposal")],
    )


def test_removing_asks_first_and_twice_is_once(proposal, cast):
    row = invite(proposal, cast.colin)
    ana = signed_in(cast.ana)
    assert text(ana.get(page(proposal, f"{row.pk}/remove/"))).startswith("Remove Colin Mbeki? Junior Professional Officer on")
    assert who(proposal) == ("ana", ["colin"])
    assert [ana.post(page(proposal, f"{row.pk}/remove/")).status_code for _ in range(2)] == [302, 302]
    assert ana.get(page(proposal, f"{row.pk}/remove/"))["Location"] == page(proposal)
    assert len(written()) == 1
    elsewhere = invite(draft(cast.felix, cast.offices["CO-Jakarta"]), cast.otto)
    assert ana.post(page(proposal, f"{elsewhere.pk}/remove/")).status_code == 404


# Handing over


def test_a_proposal_is_handed_over_to_a_colleague_and_its_author_stays(proposal, cast):
    invite(proposal, cast.colin)
    ana = signed_in(cast.ana)
    asked = ana.post(page(proposal, "hand-over/"), {"to": address("colin")})
    assert text(asked).startswith(
        "Hand over to Colin Mbeki? Junior Professional Officer on apprenticeship systems Colin Mbeki becomes its author"
    )
    assert "You stay in it as a colleague." in text(asked)
    assert (who(proposal), written()) == (("ana", ["colin"]), [])
    assert hand(proposal, cast.ana, address("colin"))["Location"] == f"/proposals/{proposal.pk}/"
    assert who(proposal) == ("colin", ["ana"])
    assert acts(proposal)[-1] == "Ana Lindqvist handed it over to Colin Mbeki"
    assert written() == [("colin", "A vacancy proposal is now yours"), ("ana", "Your vacancy proposal is now Colin Mbeki's")]
    to_ana = Letter.objects.get(to_address=address("ana"))
    assert "Its author is now Colin Mbeki (colin@demo.example). You go on writing in it as a colleague:" in to_ana.body
    assert send(proposal, cast.ana, address("otto")).status_code == 403
    again = hand(proposal, cast.ana, address("colin"))
    assert again["Location"] == f"/proposals/{proposal.pk}/"  # pressed twice
    assert len(written()) == 2


def test_an_author_who_leaves_sees_it_no_more_and_does_not_decide_on_it(proposal, cast):
    Appointment.objects.create(user=cast.ana, role="director", office=cast.offices["WORKSKILLS"])
    assert hand(proposal, cast.ana, "somebody else", address=address("otto"), leaves="on")["Location"] == "/"
    assert who(proposal) == ("otto", [])
    assert signed_in(cast.ana).get(f"/proposals/{proposal.pk}/").status_code == 404
    assert "You no longer write in it." in Letter.objects.get(to_address=address("ana")).body
    event = step("submit", proposal, cast.otto)
    assert event.said["actor"]["name"] == "Otto Berg"
    assert [a.user for a in addressees(proposal, Role.DIRECTOR)] == [cast.dina]


def test_somebody_new_gets_it_with_one_letter_and_a_link_to_set_a_password(proposal, cast, client):
    hand(proposal, cast.ana, "somebody else", address="vera@demo.example", name="Vera Lund")
    assert who(proposal) == ("vera", ["ana"])
    letter = Letter.objects.get(to_address="vera@demo.example")
    assert letter.subject == "A vacancy proposal is now yours"
    set_password(client, link_in(letter), "a quiet new phrase")
    sign_in(client, "vera@demo.example", "a quiet new phrase")
    assert "Send the invitation" in text(client.get(page(proposal)))


@pytest.mark.parametrize("state", [state for state in State if state not in (State.APPROVAL, State.ISSUED)])
def test_it_can_be_handed_over_wherever_it_stands_until_it_is_issued(cast, state):
    proposal = bring_to(state, cast)
    before = proposal.state, proposal.place, proposal.since
    hand(proposal, cast.ana, "somebody else", address=address("otto"))
    proposal.refresh_from_db()
    assert (proposal.author, who(proposal)[1], (proposal.state, proposal.place, proposal.since)) == (cast.otto, ["ana"], before)


def test_an_issued_one_stays_with_whom_it_was(cast):
    proposal = bring_to(State.ISSUED, cast)
    row = invite(proposal, cast.colin)
    assert "This proposal is issued; who wrote in it stays as it is." in text(signed_in(cast.ana).get(page(proposal)))
    assert hand(proposal, cast.ana, address("colin"))["Location"] == f"/proposals/{proposal.pk}/"
    assert error(send(proposal, cast.ana, address("otto"))) == "This proposal is issued; who wrote in it stays as it is."
    assert signed_in(cast.ana).post(page(proposal, f"{row.pk}/remove/"))["Location"] == f"/proposals/{proposal.pk}/"
    assert who(proposal) == ("ana", ["colin"])


def test_the_jpo_unit_hands_over_what_a_leaver_has_left(cast):
    proposal = bring_to(State.RETURNED, cast)
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    june = signed_in(cast.june)
    assert page(proposal) in june.get(f"/proposals/{proposal.pk}/").content.decode()
    assert "Invite a colleague" not in text(june.get(page(proposal)))
    before = Letter.objects.count()
    assert hand(proposal, cast.june, "somebody else", address=address("otto"))["Location"] == f"/proposals/{proposal.pk}/"
    assert who(proposal) == ("otto", [])
    assert Colleague.objects.get(proposal=proposal, user=cast.ana).until
    assert acts(proposal) == ["June Okafor handed it over to Otto Berg"]
    assert [letter.to_address for letter in Letter.objects.order_by("pk")[before:]] == [address("otto")]


def test_the_jpo_unit_does_not_see_what_was_never_submitted_nor_invites(proposal, cast):
    assert [
        hand(proposal, cast.june, "somebody else", address=address("otto")).status_code,
        signed_in(cast.june).get(page(proposal)).status_code,
    ] == [404, 404]
    assert send(bring_to(State.RETURNED, cast), cast.june, address("otto")).status_code == 403


def test_a_colleague_is_in_charge_once_the_author_has_left(proposal, cast):
    invite(proposal, cast.colin)
    assert hand(proposal, cast.colin, address("colin")).status_code == 403
    User.objects.filter(pk=cast.ana.pk).update(is_active=False)
    assert hand(proposal, cast.colin, address("colin"))["Location"] == f"/proposals/{proposal.pk}/"
    assert (who(proposal), acts(proposal)[-1]) == (("colin", []), "Colin Mbeki handed it over to themselves")


def test_whoever_gets_it_from_somebody_who_would_decide_is_warned_of_it(proposal, cast):
    answer = signed_in(cast.ana).post(page(proposal, "hand-over/"), {"to": "somebody else", "address": address("dina")})
    assert answer.status_code == 200
    assert DINA in text(answer)
    assert error(hand(proposal, cast.ana, "somebody else", address=address("dina"))) == DINA
    hand(proposal, cast.ana, "somebody else", address=address("dina"), knowing="on")
    assert who(proposal) == ("dina", ["ana"])


def test_each_act_asks_for_itself_who_may_do_it(proposal, cast):
    """A page was let through, and meanwhile its reader is in charge no more."""
    otto = invite(proposal, cast.otto)
    invite(proposal, cast.colin)
    for user in (cast.colin, cast.june, cast.felix):
        with pytest.raises(Proposal.DoesNotExist):
            workflow_colleagues.invite(proposal.pk, user, address("felix"))
        with pytest.raises(Proposal.DoesNotExist):
            workflow_colleagues.hand_over(proposal.pk, user, address("otto"))
        with pytest.raises((Proposal.DoesNotExist, Colleague.DoesNotExist)):
            workflow_colleagues.remove(proposal.pk, user, otto.pk)
    assert (who(proposal), written()) == (("ana", ["otto", "colin"]), [])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choose somebody."),
        ({"to": "nobody@demo.example"}, "Choose somebody of this list."),
        ({"to": "somebody else"}, "Type the e-mail address."),
        (
            {"to": "somebody else", "address": "vera@evil.example"},
            "Only addresses that end in @demo.example or @itc.demo.example can be invited.",
        ),
        ({"to": "somebody else", "address": "ana@demo.example"}, "You are its author."),
    ],
)
def test_handing_over_to_nobody_is_refused_in_words(proposal, cast, given, sentence):
    invite(proposal, cast.colin)
    for confirmed in ({}, {"confirmed": "yes"}):
        assert error(signed_in(cast.ana).post(page(proposal, "hand-over/"), given | confirmed)) == sentence
    assert who(proposal) == ("ana", ["colin"])


# What the page says, and what it costs


def test_the_page_tells_what_was_done_the_latest_first(proposal, cast):
    with time_machine.travel("2026-11-22 13:02Z", tick=False):
        send(proposal, cast.ana, address("colin"))
    with time_machine.travel("2026-11-23 08:00Z", tick=False):
        hand(proposal, cast.ana, address("colin"))
    shown = text(signed_in(cast.colin).get(page(proposal)))
    assert shown.endswith(
        "What was done Ana Lindqvist handed it over to Colin Mbeki on 23 November 2026, 09:00. "
        "Ana Lindqvist invited Colin Mbeki on 22 November 2026, 14:02."
    )


def test_letters_and_administration_give_no_title_of_a_draft_away(cast):
    proposal = draft(cast.ana, cast.offices["WORKSKILLS"], title="on a secret matter")
    send(proposal, cast.ana, address("colin"))
    end(proposal, cast.ana, cast.colin)
    hand(proposal, cast.ana, "somebody else", address=address("otto"))
    june = signed_in(cast.june)
    pages = ["/admin/workflow/letter/", *(f"/admin/workflow/letter/{letter.pk}/change/" for letter in Letter.objects.all())]
    assert [address for address in pages if "secret" in june.get(address).content.decode()] == []
    assert len(pages) == 5


def test_the_page_costs_the_same_with_two_and_with_twenty_colleagues(proposal, cast):
    few, many = [User.objects.create_user(f"c{n}@demo.example", f"C {n}") for n in range(2)], [User.objects.create_user(f"d{n}@demo.example", f"D {n}") for n in range(18)]  # fmt: skip
    costs = []
    for users in (few, many):
        for user in users:
            invite(proposal, user)
        costs.append(
            [
                cost(signed_in(cast.ana), f"/proposals/{proposal.pk}/{tail}")
                for tail in ("colleagues/", "colleagues/hand-over/", "edit/", "")
            ]
        )
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


def test_letters_leave_through_the_outbox(proposal, cast, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    send(proposal, cast.ana, address("colin"))
    while send_due():
        pass
    assert [(mail.to, mail.subject) for mail in mailoutbox] == [
        (["Colin Mbeki <colin@demo.example>"], "Ana Lindqvist invites you to write a vacancy proposal")
    ]


def test_an_anonymous_visitor_is_led_to_the_sign_in_page(proposal):
    assert Client().get(page(proposal))["Location"].startswith("/account/login/")
