"""THE TEMPLATE: the paper form as models. One model a section, one field a box, the form's wording beside each.

To change the form, change it here: wording needs nothing else; a new box or section needs `makemigrations`.
Read off the paper form of the JPO programme; its two misprints ("RESPONSABILITIES", "non – or under - represented")
are corrected here.
"""

import functools
import re
from collections.abc import Iterator

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents import form as values
from documents.form import OnPaper, Required
from proposals.fields import BoxField, Choice, Email, Line, Prose

EDITION = "2026-2"
"""The edition of the form; raise it when the wording that is printed changes."""


class Section(models.Model):
    """A section of a proposal: one row, made together with the proposal, so that none is ever absent."""

    proposal = models.OneToOneField("proposals.Proposal", models.CASCADE, primary_key=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField("an earlier text was last kept", null=True)
    hand_since = models.PositiveIntegerField("first revision of the unbroken run of saves by the one who saved last", default=0)

    number: int
    heading: str | Promise
    guidance: str | Promise = ""

    class Meta:
        abstract = True

    @classmethod
    def name(cls) -> str:
        """The section's name in addresses, files and commands: "general_information"."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def accessor(cls) -> str:
        """The attribute of a proposal that holds its row of this section."""
        return str(cls._meta.model_name)

    @classmethod
    def fields(cls) -> Iterator[BoxField]:
        """The boxes of the section, in the order of the form."""
        return (field for field in cls._meta.fields if isinstance(field, BoxField))

    @classmethod
    def value(cls) -> values.Section:
        """The section as a value, worded in the language that is active."""
        boxes = tuple(field.box() for field in cls.fields())
        return values.Section(cls.name(), cls.number, str(cls.heading), boxes, str(cls.guidance))

    def answers(self) -> dict[str, str]:
        """What stands in the boxes, by their names."""
        return {field.name: getattr(self, field.name) for field in self.fields()}

    def problems(self) -> Iterator[tuple[values.Box, str]]:
        """What stands in the way of submitting this section: boxes, each with a sentence to the author."""
        document = self.proposal.document()
        for problem in document.problems(document.form.section(self.name())):
            yield problem.box, problem.sentence


class GeneralInformation(Section):
    number, heading = 1, _("General information")

    title = Line(
        _("Title"),
        fixed=_("Junior Professional Officer"),
        offered=_("in "),
        guidance=_("“Junior Professional Officer” is printed for you; begin with “in” or “on”."),
    )
    duty_station = Line(_("Duty station"), guidance=_("City and country."))
    duration = Line(_("Duration of the assignment"), offered=_("12 months, renewable"))
    grade = Choice(_("Grade"), answers=("P2", "P1"), offered="P2")
    department = Line(
        _("Department/ Field Office"),
        guidance=_("As it shall be printed. Who endorses follows from the proposal's office, not from this line."),
    )
    unit = Line(_("Organisational unit"))


class Supervision(Section):
    number, heading = 2, _("Supervision")

    supervisor_name = Line(_("Name"), group=_("Direct Supervision by"), personal=True)
    supervisor_title = Line(_("Title and unit"), group=_("Direct Supervision by"))
    supervisor_email = Email(_("E-mail address"), group=_("Direct Supervision by"), required=Required.NEVER, personal=True)
    supervision_note = Prose(
        _("General supervision"),
        guidance=_("A sentence on general supervision, only where one is needed."),
        label_on_paper=OnPaper.NEVER,
        required=Required.NEVER,
        sentences=(
            _("General supervision is exercised by the Chief of …"),
            _("The JPO also reports to … on matters concerning …"),
            _("In the absence of the supervisor, … gives guidance and reviews the work."),
        ),
        most_words=200,
    )
    supervision_method = Prose(
        _("Content and methodology of supervision"),
        guidance=_("Describe the supervisory role exercised in terms of planning, guiding and reviewing the JPO."),
        example=_(
            "<p>A time-bound work plan will be agreed between the JPO and the supervisor on …</p>"
            "<p>Regular meetings between the JPO and the supervisor about … will be scheduled every …</p>"
            "<p>As necessary, detailed instructions, guidance and coaching will be provided by the supervisor …</p>"
            "<p>Work will be discussed with, and reviewed by the supervisor at various stages before completion in order "
            "to verify …</p>"
            "<p>The JPO will accompany and assist the supervisor in … (missions, seminars, workshops, meetings)</p>"
            "<p>Performance management will be reviewed in accordance with ILO's Performance Management Framework, as "
            "applicable to Junior Professional Officers.</p>"
        ),
        most_words=800,
    )


class Introduction(Section):
    number, heading = 3, _("Introduction")

    introduction = Prose(
        _("Introduction"),
        guidance=_("Present the office and the unit in which the JPO will work, and what they do."),
        label_on_paper=OnPaper.NEVER,
        sentences=(
            _("The … is the part of the ILO that is responsible for …"),
            _("Its work serves governments, employers' and workers' organisations by …"),
            _("The JPO will work in a team of … people, in …"),
            _("The office covers … and runs projects on …"),
        ),
        most_words=1500,
    )


class DutiesAndResponsibilities(Section):
    number, heading = 4, _("Duties and responsibilities")

    duties = Prose(
        _("Duties and responsibilities"),
        guidance=_("Describe briefly the main tasks specific to this assignment."),
        lead=_("Under the direct supervision of the supervisor, the JPO will perform the following duties and responsibilities:"),
        example=_("<ul><li>Perform other tasks that may be assigned by the supervisor.</li></ul>"),
        label_on_paper=OnPaper.NEVER,
        sentences=(
            _("- Collect and analyse information on … and summarise it for …"),
            _("- Draft notes, briefs and presentations on …"),
            _("- Help to prepare, hold and follow up meetings and workshops on … with the ILO's constituents."),
            _("- Contribute to the planning, monitoring and reporting of the project …"),
        ),
        most_words=1500,
    )
    key_outputs = Prose(
        _("Key outputs"),
        guidance=_("Describe briefly the outputs expected during the assignment."),
        lead=_("During the period of assignment, the JPO will contribute to the following key outputs:"),
        label_on_paper=OnPaper.NEVER,
        sentences=(
            _("- A study or policy brief on …, ready for publication in …"),
            _("- … country notes on …"),
            _("- A workshop on … for …, with a report on what was agreed."),
            _("- Regular contributions to progress reports for …"),
        ),
        most_words=800,
    )


class QualificationsAndExperience(Section):
    number, heading = 5, _("Qualifications and experience")

    education_minimum = Prose(
        _("Minimum"),
        group=_("Education"),
        example=_("<p>First university degree or equivalent in … or a related field.</p>"),
        sentences=(_("The degree must include courses in …"),),
        most_words=400,
    )
    education_desirable = Prose(
        _("Desirable"),
        group=_("Education"),
        example=_("<p>An advanced university degree, Master's or Post Graduate Diploma in …</p>"),
        required=Required.NEVER,
        sentences=(_("A specialisation in …, shown by a thesis or a longer paper, would be an asset."),),
        most_words=400,
    )
    experience_minimum = Prose(
        _("Minimum"),
        group=_("Work experience"),
        example=_("<p>At least … of experience in … or a relevant area, at the national or international level.</p>"),
        sentences=(_("This experience should include … in a research, advisory or project role."),),
        most_words=400,
    )
    experience_desirable = Prose(
        _("Desirable"),
        group=_("Work experience"),
        example=_("<p>Work experience in … or in an international organisation.</p>"),
        required=Required.NEVER,
        sentences=(
            _("Work with public authorities, employers' or workers' organisations in … would be an asset."),
            _("Experience of living and working in … would be an asset."),
        ),
        most_words=400,
    )
    skills_minimum = Prose(
        _("Minimum"),
        group=_("Skills required for the assignment"),
        most_words=500,
        sentences=(
            _("- Ability to find, check and analyse information on … and to draw sound conclusions from it."),
            _("- Ability to write clear and concise texts in …"),
            _("- Good command of common office software, in particular …"),
            _("- Ability to organise work, keep to deadlines and deal with several tasks at a time."),
        ),
    )
    skills_desirable = Prose(
        _("Desirable"),
        group=_("Skills required for the assignment"),
        required=Required.NEVER,
        most_words=500,
        sentences=(
            _("- Knowledge of international labour standards on …"),
            _("- Knowledge of statistical methods and software, such as …"),
            _("- Experience in organising events or training for …"),
        ),
    )
    languages_minimum = Prose(
        _("Minimum"),
        group=_("Languages"),
        example=_("<p>Excellent command of one working language of the ILO (English, French, Spanish).</p>"),
        sentences=(_("Good knowledge of …, the working language of the duty station."),),
        most_words=300,
    )
    languages_desirable = Prose(
        _("Desirable"),
        group=_("Languages"),
        example=_("<p>Good knowledge of a second working language of the ILO would be an asset.</p>"),
        required=Required.NEVER,
        sentences=(_("Knowledge of …, which is spoken in the countries covered, would be an asset."),),
        most_words=300,
    )
    competencies = Prose(
        _("ILO competencies"),
        lead=_("The candidate is expected to demonstrate and be guided by ILO competencies, specifically:"),
        example=_(
            "<ol><li>Good communication skills, both written and verbal.</li>"
            "<li>Capacity to work on own initiative as well as cooperate as a team member.</li>"
            "<li>The ability to work in a multicultural environment; gender-sensitive behaviour and attitudes are also "
            "required.</li></ol>"
        ),
        sentences=(
            _("<ol><li>Readiness to learn and to share knowledge with others.</li></ol>"),
            _("<ol><li>Care for quality and for the needs of those whom the work serves.</li></ol>"),
        ),
        most_words=800,
    )


class TrainingComponentsAndLearningElements(Section):
    number, heading = 6, _("Training components and learning elements")

    training_components = Prose(
        _("Training components"),
        guidance=_("Indicate which activities will be used to structure and manage learning."),
        example=_(
            "<p>Through the work on … the JPO will be trained in …</p>"
            "<p>Through guidance of the supervisor and senior colleagues …</p>"
        ),
        sentences=(
            _("In the first weeks the JPO will be introduced to the office, its procedures and its partners, in particular …"),
            _("The JPO will attend courses on … offered by …"),
            _("A mission to … is planned, on which the JPO will …"),
        ),
        most_words=800,
    )
    learning_elements = Prose(
        _("Learning elements"),
        guidance=_(
            "Indicate what the incumbent will learn during the assignment, defined in measurable results and specified per year."
        ),
        example=_(
            "<ul><li>Become familiar with ILO's institutional and informal coordination mechanisms, in particular …</li>"
            "<li>Become familiar with ILO's mandate in …</li><li>Interact with …</li>"
            "<li>Get acquainted with the work of a multi-disciplinary and multi-cultural team</li>"
            "<li>Familiarize with the functioning of the UN system</li>"
            "<li>The JPO will gain in-depth knowledge of …</li></ul>"
        ),
        sentences=(
            _("- By the end of the first year the JPO will be able to … under guidance."),
            _("- By the end of the second year the JPO will be able to … without help."),
        ),
        most_words=800,
    )


class BackgroundInformation(Section):
    number, heading = 7, _("Background information")

    programme_outline = Prose(
        _("Programme or project"),
        guidance=_("General outline of the programme or project. Use web links."),
        label_on_paper=OnPaper.IF_SEVERAL,
        sentences=(
            _("The programme helps … to …; it runs from … to … and is funded by …"),
            _("Its main partners are …"),
            _("More about it can be read at …"),
        ),
        most_words=2000,
    )
    planned_developments = Prose(
        _("Planned developments"),
        guidance=_("Outline of planned developments concerning the programme or project."),
        label_on_paper=OnPaper.IF_SEVERAL,
        required=Required.NEVER,
        sentences=(
            _("In the next two years the programme will extend its work to …"),
            _("A second phase is being prepared, which will …"),
        ),
        most_words=1000,
    )
    living_conditions = Prose(
        _("Living conditions"),
        guidance=_("Information about living arrangements and conditions wherever possible. Needed for field posts."),
        label_on_paper=OnPaper.IF_SEVERAL,
        required=Required.FIELD_POST,
        sentences=(
            _("Housing is … ; a furnished flat of one or two rooms costs about … a month."),
            _("Medical care is …; serious cases are treated in …"),
            _("The security situation is …; the rules of the United Nations for the duty station apply."),
            _("Schools that teach in … and work for partners are …"),
        ),
        most_words=1000,
    )
    outcomes = Prose(
        _("Programme and Budget outcomes"),
        guidance=_(
            "The ILO outcome(s) from the Programme and Budget the JPO will work for, with the biennium: which outcome or "
            "indicator is relevant to the role?"
        ),
        label_on_paper=OnPaper.IF_SEVERAL,
        sentences=(
            _("Programme and Budget …, Outcome …: …"),
            _("The JPO will contribute to it by …"),
        ),
        most_words=500,
    )


TEMPLATE: tuple[type[Section], ...] = (
    GeneralInformation,
    Supervision,
    Introduction,
    DutiesAndResponsibilities,
    QualificationsAndExperience,
    TrainingComponentsAndLearningElements,
    BackgroundInformation,
)

LETTERHEAD = _("International Labour Office")
TITLE = _("Vacancy proposal for Junior Professional Officers (JPO)")
SUBTITLE = _("Job Description Template – Headquarters and field positions")
NOTE = _(
    "Note for supervisors: Please complete the vacancy proposal form and submit it to the Director of the "
    "department/office for endorsement. For field positions additional approval is required by mail from the regional "
    "HR Partner before final submission to jpo@ilo.org."
)
CLOSING = (
    _(
        "The ILO values diversity. We welcome applications from qualified women and men, particularly those with "
        "disabilities and from non- or under-represented member States. If needed, reasonable accommodation will be "
        "provided in the recruitment phase as well as during the JPO assignment to ensure equality of opportunities."
    ),
    _("The ILO has a smoke-free environment."),
)
WORDS = {
    "post_number": _("Post number"),
    "month_of_issue": _("Month of issue"),
    "year": _("Year"),
    "page": _("Page"),
    "of": _("of"),
    "draft_mark": _("Draft – not for publication"),
    "decisions": _("Decisions"),
    "stage": _("Stage"),
    "name": _("Name"),
    "decision": _("Decision"),
    "date": _("Date"),
    "version": _("Version"),
    "text_digest": _("Digest of the text"),
    "check_code": _("Check code"),
    "check_at": _("Whether this is the endorsed text, unchanged:"),
    "acting_for": _("acting for"),
    "submitted": _("Submitted"),
    "endorsed": _("Endorsed"),
    "approved": _("Approved"),
    "issued": _("Issued"),
    "supervisor": _("Author"),
    "director": _("Director"),
    "hr_partner": _("HR Partner"),
    "jpo_unit": _("JPO unit"),
    "months": _("January,February,March,April,May,June,July,August,September,October,November,December"),
}


@functools.cache
def form(language: str) -> values.Form:
    """The whole form, worded in a language ("en", "fr", "es")."""
    with translation.override(language):
        return values.Form(
            edition=EDITION,
            language=language,
            letterhead=str(LETTERHEAD),
            title=str(TITLE),
            subtitle=str(SUBTITLE),
            note=str(NOTE),
            sections=tuple(section.value() for section in TEMPLATE),
            closing=tuple(map(str, CLOSING)),
            words={key: str(word) for key, word in WORDS.items()},
        )


def section_named(name: str) -> type[Section]:
    """The model of the section of that name.

    Raises:
        KeyError: there is no such section.
    """
    return {section.name(): section for section in TEMPLATE}[name]
