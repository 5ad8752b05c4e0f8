"""Each guard is switched off once, in a copy of the portal, and the test that stands for it must go red.

A guard that nothing misses guards nothing: whoever adds one adds its line here. `script/test --all` runs them.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.afresh import ROOT, run_tests

LEFT_BEHIND = shutil.ignore_patterns(".git", ".venv", "var", "__pycache__", ".*_cache", "*.sqlite3*")


@dataclass(frozen=True)
class Guard:
    """What protects something: where it stands in the code, what the code would be without it, and who misses it."""

    protects: str
    file: str
    text: str
    without: str
    test: str
    on: str = "sqlite"


ENGINE, POLICY, STEPS, LETTERS = "workflow/engine.py", "proposals/policy.py", "workflow/steps.py", "workflow/letters.py"
MODELS, RECORDS, WRITING = "proposals/models.py", "proposals/records.py", "proposals/writing.py"
PEOPLE, TRIGGERS, VERIFYING = "organisation/models.py", "proposals/guards.py", "workflow/verifying.py"
TABLES, MORE_TABLES = "proposals/migrations/0001_initial.py", "workflow/migrations/0001_initial.py"
AT_ONCE, STORIES, EYES = "tests/races/test_at_once.py", "tests/workflow/test_engine.py", "tests/workflow/test_four_eyes.py"
TRUTH, POST, STAYS = "tests/workflow/test_truth_table.py", "tests/workflow/test_letters.py", "tests/proposals/test_records.py"
PAGES = "tests/test_permissions.py"
LISTS, TITLES = "tests/test_lists.py", "tests/proposals/test_titles.py"
REASONS, LEFT = "proposals/reasons.py", "tests/workflow/test_reasons.py"
TEXTS, TAMPERING = "tests/proposals/test_writing.py", "tests/workflow/test_tampering.py"

GUARDS = [
    # Two at once
    Guard(
        "a step holds the proposal's row", ENGINE,
        "        Proposal.objects.select_for_update().values_list(\"pk\").get(pk=pk)\n", "        pass\n",
        f"{AT_ONCE}::test_a_button_pressed_thirty_two_times_is_one_event_and_one_letter_each[endorse-dina-endorsement-False]",
        on="postgresql",
    ),
    Guard(
        "a step holds the proposal's row, against another step", ENGINE,
        "        Proposal.objects.select_for_update().values_list(\"pk\").get(pk=pk)\n", "        pass\n",
        f"{AT_ONCE}::test_two_directors_press_at_the_same_moment",
        on="postgresql",
    ),
    Guard(
        "a step holds the proposal's row, against a withdrawal", ENGINE,
        "        Proposal.objects.select_for_update().values_list(\"pk\").get(pk=pk)\n", "        pass\n",
        f"{AT_ONCE}::test_of_two_who_decide_at_once_the_first_wins_and_the_second_is_told[first2-then2]",
        on="postgresql",
    ),
    Guard(
        "an issue holds the proposal's row", ENGINE,
        "held = Proposal.objects.select_for_update().annotate(", "held = Proposal.objects.annotate(",
        f"{AT_ONCE}::test_of_an_issue_and_a_withdrawal_at_once_the_first_wins[withdraw-issue]",
        on="postgresql",
    ),
    Guard(
        "an edit holds the proposal's row", MODELS,
        "self.select_for_update().values_list(\"pk\").get(pk=pk)", "pass",
        f"{AT_ONCE}::test_an_edit_that_comes_after_the_submission_is_refused",
        on="postgresql",
    ),
    Guard(
        "an edit begins with locked()", WRITING,
        "    proposal = Proposal.objects.locked(pk, Role.AUTHOR.where(user))\n",
        "    proposal = Proposal.objects.whole().get(Role.AUTHOR.where(user), pk=pk)\n",
        f"{AT_ONCE}::test_an_edit_that_comes_after_the_submission_is_refused",
        on="postgresql",
    ),
    Guard(
        "two saves of a section follow one another", MODELS,
        "self.select_for_update().values_list(\"pk\").get(pk=pk)", "pass",
        f"{AT_ONCE}::test_two_who_save_one_section_at_once_lose_nothing",
        on="postgresql",
    ),
    Guard(
        "deleting a draft begins with locked()", WRITING,
        "    proposal = Proposal.objects.locked(pk, Q(author=user))\n",
        "    proposal = Proposal.objects.whole().get(Q(author=user), pk=pk)\n",
        f"{AT_ONCE}::test_a_draft_submitted_while_it_is_being_deleted_stays",
        on="postgresql",
    ),
    Guard(
        "the counter of post numbers is held while one is given", ENGINE,
        "Numbering.objects.select_for_update()", "Numbering.objects",
        f"{AT_ONCE}::test_thirty_two_issues_at_once_get_thirty_two_numbers_without_a_gap",
        on="postgresql",
    ),
    Guard(
        "the counter is held while a post is issued again", ENGINE,
        "Numbering.objects.select_for_update()", "Numbering.objects",
        f"{AT_ONCE}::test_a_post_issued_again_by_two_at_once_is_issued_once_for_that_month",
        on="postgresql",
    ),
    Guard(
        "a page that is old decides nothing", ENGINE,
        "        _check_seen(case, seen, roles)\n", "",
        f"{STORIES}::test_a_text_taken_back_changed_and_submitted_again_is_not_endorsed_unread",
    ),
    Guard(
        "a text changed in another tab is not submitted", ENGINE,
        "        _check_seen(case, seen, roles)\n", "",
        f"{STORIES}::test_a_text_changed_in_another_tab_is_not_submitted_unread",
    ),
    Guard(
        "the token of a page names the place in the history", MODELS,
        'return f"{self.place}-{seal}"', 'return f"0-{seal}"',
        f"{STORIES}::test_a_decision_replayed_after_return_and_resubmission_of_the_same_text_is_refused",
    ),
    Guard(
        "an old revision of a section is not saved over a new one", WRITING,
        "if row.revision != revision and not _only_saved_by(row, user, revision):", "if False:",
        f"{TEXTS}::test_the_second_to_save_a_section_is_told_and_nothing_is_overwritten",
    ),
    Guard(
        "what somebody else wrote is kept before it is overwritten", WRITING,
        "if mine and not always and row.kept_at", "if not always and row.kept_at",
        f"{TEXTS}::test_what_somebody_else_wrote_is_always_kept_before_it_is_overwritten",
    ),
    # Who may do what, and when
    Guard(
        "a step is taken only from its own states", ENGINE,
        "s.action == action and case.proposal.state in s.sources and", "s.action == action and",
        f"{STORIES}::test_an_issued_proposal_does_not_move_any_more",
    ),
    Guard(
        "a step is taken only by its own roles", ENGINE,
        "yours = [step for step in possible if roles & set(step.by)]", "yours = possible",
        f"{TRUTH}::test_every_attempt_outside_the_table_is_refused_and_every_one_inside_succeeds[headquarters-endorsement]",
    ),
    Guard(
        "nobody decides on a text of their own", POLICY,
        "else SUBMITTED_ONCE & ~own_text(user)", "else SUBMITTED_ONCE",
        f"{EYES}::test_a_director_does_not_endorse_what_they_wrote",
    ),
    Guard(
        "nor does a deputy of its author", POLICY,
        "people = [user.pk, *user.standing.deputy_of]", "people = [user.pk]",
        f"{EYES}::test_a_deputy_does_not_endorse_for_whom_they_act",
    ),
    Guard(
        "nor a deputy's deputy", PEOPLE,
        "{a.acting_for_id for a in self.appointments_now if", "{a.acting_for_id for a in self.held if",
        f"{EYES}::test_a_delegation_does_not_lead_back_to_oneself",
    ),
    Guard(
        "nobody is asked to decide on a text of their own", POLICY,
        ".exclude(user__in=_own_text_of(proposal, also_writing))", "",
        f"{POST}::test_a_directors_own_text_goes_past_the_director_and_the_deputy_to_the_office_above",
    ),
    Guard(
        "a draft is seen by its authors alone", POLICY,
        "SUBMITTED_ONCE & others", "others",
        f"{TRUTH}::test_what_is_offered_is_what_the_table_says[field-draft, taken back]",
    ),
    Guard(
        "a draft is in nobody else's list", POLICY,
        "*(part & SUBMITTED_ONCE for role in roles", "*(part for role in roles",
        f"{LISTS}::test_a_list_is_complete_in_order_and_without_doubles_for_everybody[office by office]",
    ),
    Guard(
        "a search sees no more than its list", "workflow/lists.py",
        "Part(Q(pk__in=few) & reduce(operator.or_, (part.whole() for part in parts)) & asked)", "Part(Q(pk__in=few) & asked)",
        f"{LISTS}::test_a_search_finds_the_same_whichever_way_it_goes",
    ),
    Guard(
        "the index of titles follows the titles", "proposals/titles.py",
        "UPDATE proposals_search SET title = NEW.title WHERE rowid = NEW.id;", "SELECT 1;",
        f"{TITLES}::test_the_index_follows_the_titles",
    ),
    Guard(
        "a colleague who was removed writes no more", POLICY,
        "Colleague.objects.filter(user=user, until__isnull=True)", "Colleague.objects.filter(user=user)",
        f"{TEXTS}::test_a_colleague_writes_until_removed_and_again_when_invited_again",
    ),
    Guard(
        "text is written only while it is in its author's hands", WRITING,
        "    if sentence := closed(proposal):", "    if sentence := \"\":",
        f"{TEXTS}::test_it_is_written_in_only_while_it_is_in_its_authors_hands[endorsement-False]",
    ),
    Guard(
        "what somebody holds is asked anew for each step", ENGINE,
        "    user = user.afresh()\n", "",
        f"{STORIES}::test_a_director_whose_appointment_ended_while_the_page_was_open_decides_nothing",
    ),
    Guard(
        "and not before the proposal is held", ENGINE,
        "_held(pk, user, steps, issuing)\n        case", "_held(pk, (user.standing, user)[1], steps, issuing)\n        case",
        f"{AT_ONCE}::test_an_appointment_that_ends_while_the_decision_waits_decides_nothing",
        on="postgresql",
    ),
    Guard(
        "an appointment runs from its first day", PEOPLE,
        "starts__lte=day, user__is_active=True", "user__is_active=True",
        f"{STORIES}::test_an_acting_director_decides_for_whom_they_act_and_only_in_the_dated_weeks",
    ),
    Guard(
        "an appointment ends with its last day", PEOPLE,
        "self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day", "self.filter(starts__lte=day",
        f"{STORIES}::test_an_acting_director_decides_for_whom_they_act_and_only_in_the_dated_weeks",
    ),
    Guard(
        "a closed account is asked nothing", PEOPLE,
        "starts__lte=day, user__is_active=True", "starts__lte=day",
        f"{POST}::test_closed_accounts_and_ended_appointments_get_no_letter",
    ),
    # Pages
    Guard(
        "nobody reads without signing in", "jpo_portal/settings.py",
        '    "django.contrib.auth.middleware.LoginRequiredMiddleware",\n', "",
        f"{PAGES}::test_every_page_of_a_proposal_answers_as_the_table_says[draft]",
    ),
    Guard(
        "a proposal's page is fetched through the policy", "workflow/views.py",
        "with_roles(visible_to(user), user)", "with_roles(Proposal.objects.all(), user)",
        f"{PAGES}::test_every_page_of_a_proposal_answers_as_the_table_says[draft]",
    ),
    Guard(
        "so is the page of a version", "workflow/views.py",
        "filter(proposal__in=visible_to(user).filter(pk=pk), number=number)", "filter(proposal=pk, number=number)",
        f"{PAGES}::test_every_page_of_a_proposal_answers_as_the_table_says[taken back]",
    ),
    Guard(
        "so are the drafting pages", "proposals/access.py",
        "with_roles(visible_to(person(request)), person(request))", "with_roles(Proposal.objects.all(), person(request))",
        f"{PAGES}::test_what_one_may_not_see_answers_as_what_does_not_exist[draft]",
    ),
    Guard(
        "nothing is sent without the token of a form", "jpo_portal/settings.py",
        '    "django.middleware.csrf.CsrfViewMiddleware",\n', "",
        f"{PAGES}::test_nothing_is_sent_without_the_token_of_a_form",
    ),
    Guard(
        "a GET changes nothing", ENGINE,
        "    return _following(Post.objects", "    Numbering.objects.get_or_create(pk=2)\n    return _following(Post.objects",
        f"{PAGES}::test_no_get_and_no_head_changes_a_row_anywhere[submitted]",
    ),
    Guard(
        "every address is decided about", "workflow/urls.py",
        'urlpatterns = [\n', 'urlpatterns = [\n    path("secret/", public.privacy, name="secret"),\n',
        f"{PAGES}::test_every_address_belongs_to_one_family",
    ),
    # What a decision covers
    Guard(
        "a changed text needs every decision again", STEPS,
        "if event.version and event.version.answers == text and", "if event.version and",
        f"{STORIES}::test_a_changed_text_needs_every_decision_again",
    ),
    Guard(
        "another office needs its own Director's endorsement", STEPS,
        " and event.version.office_id == proposal.office_id", "",
        f"{STORIES}::test_an_office_changed_by_the_jpo_unit_needs_its_own_directors_endorsement",
    ),
    Guard(
        "what stands in the way is asked of every step", ENGINE,
        "        if obstacle := _obstacle(step, case):", "        if obstacle := None:",
        f"{STORIES}::test_a_missing_box_is_named",
    ),
    Guard(
        "what cannot be printed cannot be submitted", ENGINE,
        "        _prove(pk, user)\n", "        pass\n",
        f"{STORIES}::test_a_text_that_cannot_be_printed_cannot_be_submitted",
    ),
    Guard(
        "a reason is required where one must be given", ENGINE,
        "if step.reason and not comment:", "if False:",
        f"{STORIES}::test_a_reason_is_required[endorsement-return-dina-False-]",
    ),
    Guard(
        "a step is wholly taken or not at all", ENGINE,
        "    with transaction.atomic():\n        proposal, roles = _held", "    if True:\n        proposal, roles = _held",
        f"{STORIES}::test_a_step_whose_letters_cannot_be_written_is_not_taken",
    ),
    # Reasons for what the readiness check stops
    Guard(
        "an open blocker stops a submission", STEPS,
        "    if not stops:\n", "    if True:\n",
        f"{LEFT}::test_a_blocker_stops_until_its_author_says_why_it_stays",
    ),
    Guard(
        "a reason falls away when its words change", "proposals/findings.py",
        'return f"{rule}:{box}:{mark(quote)}"', 'return f"{rule}:{box}"',
        f"{LEFT}::test_a_reason_falls_away_when_the_words_change",
    ),
    Guard(
        "a reason is given by authors alone", REASONS,
        "Proposal.objects.locked(pk, Role.AUTHOR.where(user))", "Proposal.objects.locked(pk)",
        f"{LEFT}::test_a_reason_is_kept_for_a_blocker_that_stands_there_and_by_its_authors[somebody else's]",
    ),
    Guard(
        "and only while the text is in their hands", REASONS,
        "    if sentence := closed(proposal):", "    if sentence := \"\":",
        f"{LEFT}::test_a_reason_is_changed_and_taken_back_and_nothing_is_kept_of_a_text_that_is_with_others",
    ),
    Guard(
        "the reasons are sealed with the submission", ENGINE,
        '"reasons": sealed(taken.case.found) if step.freezes else [],', '"reasons": [],',
        f"{LEFT}::test_the_event_says_the_reasons_for_good",
    ),
    # Numbers
    Guard(
        "a number given already is not given again", ENGINE,
        "    if is_given:", "    if False:",
        f"{STORIES}::test_a_number_given_already_is_refused_with_the_next_free_one",
    ),
    Guard(
        "a post keeps its number", ENGINE,
        "    if issuing.number not in (None, post.number):", "    if False:",
        f"{STORIES}::test_a_post_issued_again_keeps_its_number_for_good",
    ),
    Guard(
        "the database gives no number twice", TABLES,
        '("number", models.PositiveIntegerField(unique=True))', '("number", models.PositiveIntegerField())',
        f"{STAYS}::test_what_is_given_once_is_not_given_twice[post]",
    ),
    # What stays
    Guard(
        "the database has one event at each place", TABLES,
        'fields=("proposal", "place"), name="one_event_at_each_place"',
        'fields=("proposal", "place", "hash"), name="one_event_at_each_place"',
        f"{STAYS}::test_what_is_given_once_is_not_given_twice[event]",
    ),
    Guard(
        "the database has one letter for each step and person", MORE_TABLES,
        '("key", models.CharField(max_length=200, unique=True))', '("key", models.CharField(max_length=200))',
        f"{STAYS}::test_what_is_given_once_is_not_given_twice[letter]",
    ),
    Guard(
        "nobody gets two letters about one step", LETTERS,
        "once.setdefault(person.address.lower(), (kind, person))", "once[f\"{len(once)}\"] = (kind, person)",
        f"{POST}::test_a_director_appointed_twice_gets_one_letter",
    ),
    Guard(
        "authors of a draft withdrawn write to no Director", STEPS,
        "        return self.known.get(role, [])", "        return self.known.get(role, self.known[Role.DIRECTOR])",
        f"{POST}::test_a_withdrawal_is_told_to_whoever_had_it_and_whoever_decided"
        "[ana withdraw   | draft       | headquarters | colin]",
    ),
    Guard(
        "an event is chained to the one before it", ENGINE,
        "hash=Event.chained(previous, text)", 'hash=Event.chained("", text)',
        f"{STORIES}::test_every_event_is_chained_to_the_one_before_it",
    ),
    Guard(
        "the chain is computed again", VERIFYING,
        "    if Event.chained(previous, event.text) != event.hash:", "    if False:",
        TAMPERING,
    ),
    Guard(
        "Python refuses to change a record", RECORDS,
        "        if self.stays():", "        if False:",
        f"{STAYS}::test_python_refuses_to_change_or_delete_a_record",
    ),
    Guard(
        "SQLite refuses to change a record", TRIGGERS,
        'for verb in ("UPDATE", "DELETE"):\n            when', 'for verb in ("DELETE",):\n            when',
        f"{STAYS}::test_the_database_refuses_to_change_or_delete_a_record",
    ),
    Guard(
        "PostgreSQL refuses to delete a record", TRIGGERS,
        'for verb in ("UPDATE", "DELETE"):\n            when', 'for verb in ("UPDATE",):\n            when',
        f"{STAYS}::test_the_database_refuses_to_change_or_delete_a_record",
        on="postgresql",
    ),
]  # fmt: skip


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the portal, in which guards may be switched off."""
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("mutated") / "portal", ignore=LEFT_BEHIND))


@pytest.fixture
def switched_off(copy: Path) -> Iterator:
    """A function that switches a guard off in the copy, until the test is over."""
    before: dict[Path, str] = {}

    def switch(guard: Guard) -> None:
        file = copy / guard.file
        text = file.read_text()
        before.setdefault(file, text)
        file.write_text(text.replace(guard.text, guard.without))

    yield switch
    for file, text in before.items():
        file.write_text(text)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.protects)
def test_the_guard_stands_where_the_table_says(guard):
    """Quick, so that whoever rewrites a guard learns at once that its line here is to be rewritten too."""
    assert (ROOT / guard.file).read_text().count(guard.text) == 1
    assert (ROOT / guard.test.partition("::")[0]).is_file()


@pytest.mark.slow
@pytest.mark.parametrize("on", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_with_every_guard_on_their_tests_are_green(copy, on):
    """Without this, a copy that cannot run at all would look like guards that are missed."""
    code, said = run_tests(*sorted({guard.test for guard in GUARDS if guard.on == on}), root=copy, on=on)
    assert code == 0, said


@pytest.mark.slow
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.protects)
def test_without_the_guard_its_test_goes_red(copy, switched_off, guard):
    switched_off(guard)
    code, said = run_tests(guard.test, root=copy, on=guard.on)
    summary = said.strip().splitlines()[-1]
    assert code == 1, said
    assert " failed" in summary, f"It broke down instead of failing: {said}"
