"""RULES: every rule of the readiness check, in one list. A new rule is one row here, and a function that yields marks."""

from readiness import (
    acronyms,
    consistency,
    dates,
    doubling,
    formernames,
    grammar,
    instruments,
    learning,
    leftovers,
    levels,
    links,
    lists,
    offices,
    outcomes,
    people,
    places,
    promises,
    qualifications,
    readability,
    seats,
    sentences,
    spacing,
    spelling,
    terms,
)
from readiness.finding import Severity
from readiness.rule import Rule

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT
MINIMA = ("education_minimum", "experience_minimum", "skills_minimum", "languages_minimum")
DESIRABLES = ("education_desirable", "experience_desirable", "skills_desirable", "languages_desirable")
DEGREES = ("education_minimum", "education_desirable")
SKILLS = ("skills_minimum", "skills_desirable")
QUALIFICATIONS = (
    "education_minimum", "education_desirable", "experience_minimum", "experience_desirable",
    "skills_minimum", "skills_desirable", "languages_minimum", "languages_desirable", "competencies",
)  # fmt: skip
AS_LISTS = ("duties", "key_outputs", "training_components", "learning_elements", *QUALIFICATIONS)
PROSE_OF_THE_POST = (
    "supervision_note", "supervision_method", "introduction", "duties", "key_outputs", "training_components", "learning_elements",
    "programme_outline", "planned_developments", "living_conditions", *QUALIFICATIONS,
)  # fmt: skip
"""Every box of prose but the outcomes, which are titles."""
SENTENCES = (
    "supervision_note",
    "supervision_method",
    "introduction",
    "training_components",
    "programme_outline",
    "planned_developments",
    "living_conditions",
)
"""Boxes that are written in sentences, not in infinitives after a lead."""
PRAISED = ("introduction", "training_components", "learning_elements", "programme_outline", "living_conditions")
DATED = ("introduction", "duties", "programme_outline", "planned_developments", "living_conditions")

RULES: tuple[Rule, ...] = (
    # What the form left in the text
    Rule("R03", B, "Guidance is for the author, not for donors.", "Delete it.", sees=leftovers.guidance_left),
    Rule("R04", B, "A gap or a placeholder is no answer.", "Write what belongs there.", sees=leftovers.placeholder),
    Rule("R04", W, "“N/A” says nothing.", "Leave the part out.", sees=leftovers.says_nothing),
    Rule("R06", B, "The form prints its labels itself.", "Delete the label.", sees=leftovers.label_repeated),
    Rule("R06", B, "The form prints its fixed words itself.", "Delete them.", sees=leftovers.fixed_before_title, only=("title",)),
    Rule("R06", H, "“Minimum” is printed already.", "Begin with “At least”.", sees=leftovers.minimum_twice, only=MINIMA),
    Rule("R28", W, "The portal prints its fixed sentences itself.", "Delete them.", sees=leftovers.fixed_text),
    Rule("R28", W, "The portal prints the lead itself.", "Delete it.", sees=leftovers.lead_typed),
    Rule("R32", H, "An example says nothing about this post.", "Adapt it.",
         sees=leftovers.example_unchanged, only=("learning_elements",)),
    Rule("R32", H, "An example's gap wants to be filled.", "Fill it.", sees=leftovers.example_without_its_gap),
    # What stands there twice
    Rule("R05", W, "The same words stand there twice in a row.", "Keep them once.", sees=doubling.doubled_words),
    Rule("R05", W, "The same words are joined to themselves.", "Keep them once.", sees=doubling.joined_to_itself),
    Rule("R05", W, "A word is glued to itself.", "Keep it once.", sees=doubling.glued_words),
    Rule("R05", W, "An acronym stands beside itself.", "Keep it once.", sees=doubling.acronym_twice),
    Rule("R29", W, "The same sentence stands in two places.", "Say it once.", compares=doubling.sentence_twice),
    # Sentences, paragraphs and lists
    Rule("R14", B, "A bracket is opened and never closed.", "Finish the sentence.", sees=sentences.bracket_never_closed),
    Rule("R14", B, "A sentence begins with a small letter.", "Join or part the sentences.", sees=sentences.small_after_stop),
    Rule("R14", B, "A sentence breaks off.", "Finish it.", sees=sentences.broken_off, only=PROSE_OF_THE_POST),
    Rule("R15", H, "The items of a list end alike.", "Make the end marks even.", sees=lists.uneven_end_marks),
    Rule("R15", H, "A sentence ends in a full stop.", "Add it.", sees=lists.no_full_stop, only=PROSE_OF_THE_POST),
    Rule("R24", H, "What is a list reads best as one.", "Make it a list.", sees=lists.typed_as_paragraph, only=AS_LISTS),
    Rule("R24", H, "What is a list reads best as one.", "Make it a list.", sees=lists.bare_lines, only=AS_LISTS),
    Rule("R24", H, "What is a list reads best as one.", "Make it a list.", sees=lists.numbered_in_a_sentence, only=AS_LISTS),
    Rule("R24", H, "A bullet typed by hand is no list.", "Make it one.", sees=lists.bullet_typed),
    Rule("R24", H, "The items of a list begin alike.", "Begin with a verb.", sees=lists.gerund_among_verbs, only=("duties",)),
    Rule("R26", H, "A long paragraph is not read.", "Part it.", sees=sentences.long_paragraph),
    # Supervision, outputs, qualifications
    Rule("R09", B, "One person supervises.", "Name the same one everywhere.", compares=people.supervisor_inconsistent),
    Rule("R13", W, "An output is what is there at the end.", "Name the product.",
         sees=lists.outputs_are_activities, only=("key_outputs",)),
    Rule("R07", W, "What is desirable has a box of its own.", "Part the two.", compares=qualifications.minimum_holds_both),
    Rule("R07", H, "What is desirable has a box of its own.", "Move it there.",
         sees=qualifications.desirable_in_minimum, only=MINIMA),
    Rule("R08", W, "A minimum is a minimum.", "Do not take it back.", sees=qualifications.taken_back, only=MINIMA),
    Rule("R27", W, "Donors require two years or so.", "Keep to it.",
         sees=qualifications.experience_out_of_line, only=("experience_minimum",)),
    Rule("R27", W, "What is required is no wish.", "Move it to the minimum.",
         sees=qualifications.minimum_in_desirable, only=DESIRABLES),
    Rule("R27", W, "Donors set who may apply.", "Leave it out.",
         sees=qualifications.for_donors_to_set, only=QUALIFICATIONS),
    Rule("R27", W, "Candidates must know which language.", "Name it.",
         sees=qualifications.language_not_named, only=("languages_minimum",)),
    Rule("R22", W, "The field is said twice.", "Name it once.", sees=qualifications.field_said_twice, only=DEGREES),
    Rule("R25", W, "A title says what the JPO works on.", "Name the subject.", sees=places.title_is_a_unit, only=("title",)),
    Rule("R25", W, "Knowledge is no education.", "Move it.", sees=places.no_education, only=DEGREES),
    Rule("R25", H, "A skill is no competency, and no language.", "Move it.",
         sees=places.skill_elsewhere, only=("competencies", "languages_minimum", "languages_desirable")),
    Rule("R25", H, "A degree is no experience.", "Move it.",
         sees=places.degree_among_experience, only=("experience_minimum", "experience_desirable")),
    Rule("R25", H, "Languages have a box of their own.", "Move it.", sees=places.language_among_skills, only=SKILLS),
    # Training, learning, background
    Rule("R12", B, "Learning is specified per year.", "Say by when.", sees=learning.not_per_year, only=("learning_elements",)),
    Rule("R30", W, "Training consists of activities.", "Name them.",
         sees=learning.training_too_thin, only=("training_components",)),
    Rule("R30", W, "Supervision has its times.", "Name them.", sees=learning.supervision_too_thin, only=("supervision_method",)),
    Rule("R18", W, "A dated fact ages.", "Say it without the date.", sees=dates.ages, only=DATED),
    Rule("R19", B, "Each donor sets what it pays.", "Leave the amount out.", sees=promises.money_promised),
    Rule("R19", W, "What the donor decides is not promised.", "Leave it out.",
         sees=promises.donor_decides, only=("training_components", "supervision_method", "duties", "introduction")),
    Rule("R25", W, "An allowance is nothing one learns.", "Delete it.",
         sees=promises.allowance_as_learning, only=("learning_elements",)),
    Rule("R25", H, "The form describes, it does not advertise.", "Say what is done.",
         sees=promises.advertising, only=PRAISED),
    Rule("R20", W, "Donors publish this text.", "Leave personal addresses out.",
         sees=people.personal_address, only=PROSE_OF_THE_POST),
    Rule("R20", W, "A name needs consent.", "Write “the supervisor”.", compares=people.supervisor_named_in_text),
    Rule("R21", H, "An address is of use as a link.", "Make it one.", sees=links.bare_address),
    Rule("R21", W, "A link that leads nowhere.", "Add the link.", sees=links.promised_link),
    Rule("R21", H, "Readers want to read more.", "Add a link.", sees=links.no_link, only=("programme_outline",)),
    # Spelling and grammar, in the document's language
    Rule("R22", H, "A word is not in the dictionary.", "Check how it is spelt.", compares=spelling.misspelt),
    Rule("R22", H, "A space too many, or one missing.", "Mend it.", sees=spacing.uneven_spacing),
    Rule("R22", H, "Words do not agree.", "Mend them.", sees=grammar.wrong_grammar),
    Rule("R22", H, "A sentence has no subject.", "Say who.", sees=sentences.no_subject, only=SENTENCES),
    Rule("R22", H, "One document, one spelling.", "Keep to one.", compares=consistency.mixed_spelling),
    Rule("R22", H, "One compound, one spelling.", "Write it one way.", compares=consistency.hyphenated_elsewhere),
    Rule("R33", H, "A long sentence is read twice.", "Part it.", sees=readability.long_sentences),
    Rule("R33", H, "The text is dense.", "Use shorter sentences and words.", sees=readability.dense_text),
    # Against the registers
    Rule("R10", W, "An office is not written as it should be.", "Write its official name, with the acronym.",
         sees=offices.office_boxes, only=("department", "unit")),
    Rule("R10", W, "The duty station is a city and its country.", "Write these alone.",
         sees=offices.duty_station, only=("duty_station",)),
    Rule("R10", W, "This is not the name that the office bears today.", "Write today's.", sees=offices.former_names),
    Rule("R10", W, "This is not the name that the office bears today.", "Write today's.", sees=formernames.shipped_names),
    Rule("R10", W, "The ILO has no such offices today.", "Write today's name.", sees=formernames.former_kinds),
    Rule("R10", W, "The name is nearly right.", "Write the official one.", sees=formernames.nearly_named),
    Rule("R10", B, "A regional office has one seat.", "Correct office or city.", sees=seats.wrong_seat),
    Rule("R10", W, "The unit is the department once more.", "Name the unit.", compares=offices.unit_repeats_department),
    Rule("R10", H, "The text gives an acronym that is missing here.", "Write it here too.", compares=offices.acronym_missing),
    Rule("R10", W, "One office bears two names in this text.", "Keep one of them.", compares=offices.two_names),
    Rule("R11", W, "An outcome is given without its title, or of a biennium that is over.", "Write number, title and biennium.",
         sees=outcomes.in_their_box, only=("outcomes",)),
    Rule("R11", W, "An outcome of the Programme and Budget stands in another box.", "Write it into its own.",
         compares=outcomes.elsewhere),
    Rule("R16", H, "The acronym is never expanded.", "Write what it stands for where it is first used.",
         compares=acronyms.never_expanded),
    Rule("R17", B, "An instrument of the ILO is cited with a wrong year or number.", "Look it up.",
         sees=instruments.cited_wrongly),
    Rule("R17", W, "Two boxes ask for different levels of the same skill.", "Ask for one.", compares=levels.two_levels),
    Rule("R19", W, "This is the donor's to decide.", "Leave it out.", sees=terms.told_under("R19")),
    Rule("R22", W, "This is a slip of the pen.", "Correct it.", sees=terms.told_under("R22")),
    Rule("R23", W, "This is not the official name or the current term.", "Write it.", sees=terms.told_under("R23")),
    Rule("R34", W, "This wording leaves somebody out.", "Write it otherwise.", sees=terms.told_under("R34")),
)  # fmt: skip
