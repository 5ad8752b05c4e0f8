"""Planted defects: for every rule, variants that differ in kind, each with its clean twin, in which the rule is silent."""

from dataclasses import dataclass

import pytest

from readiness.finding import Severity
from tests.readiness.texts import found, of_rule, planted

B, W, H = Severity.BLOCKER, Severity.WARNING, Severity.HINT


@dataclass(frozen=True)
class Row:
    """A defect planted into a box of a clean proposal: what is found there, how grave, and the twin without it."""

    rule: str
    language: str
    box: str
    text: str
    quote: str
    severity: Severity
    twin: str
    why: str

    def __str__(self) -> str:
        return f"{self.rule} {self.language} {self.box}: {self.why}"


ROWS = [
    # R03: guidance left in
    Row("R03", "en", "supervision_method", "Please describe the supervisory role exercised in terms of planning, guiding and reviewing the JPO. We meet every week on Monday, and the supervisor reads every draft before it leaves the unit.", "Please describe", B, "We meet every week on Monday, and the supervisor reads every draft before it leaves the unit, so that the plan is kept up to date.", "the paper form's own sentence before the answer"),
    Row("R03", "en", "duties", "<p><em>Describe briefly the MAIN tasks specific to this assignment  and outputs expected during the assignment.</em></p><ul><li>Analyse labour force data.</li><li>Write two briefs.</li></ul>", "Describe briefly", B, "<ul><li>Describe briefly the methods of each survey.</li><li>Write two briefs.</li></ul>", "in italics, in other capitals, with a gap of two spaces"),
    Row("R03", "en", "learning_elements", "- Indicate what the incumbent will learn, in measurable results and specified per year\n- By the end of the first year: conduct a survey.", "Indicate what", B, "- By the end of the first year: conduct a survey.\n- By the end of the second year: lead one.", "shortened, as an item of a list"),
    Row("R03", "en", "living_conditions", "Please insert information about housing. Flats are easy to find near the office.", "Please insert information about housing.", B, "Please note that flats are easy to find near the office.", "an instruction to the author in other words"),
    Row("R03", "en", "introduction", "The unit advises on wages. Example text follows below.", "Example text follows below.", B, "The unit advises on wages. An example of its texts follows every year.", "what stands before the examples"),
    Row("R03", "en", "outcomes", "Programme and Budget outcome 3 (delete as appropriate): decent work in the care economy.", "delete as appropriate", B, "Programme and Budget 2026-27, outcome 3: decent work in the care economy.", "an instruction inside the answer"),
    Row("R03", "fr", "supervision_method", "Veuillez décrire brièvement le rôle de supervision. Une réunion a lieu chaque semaine.", "Veuillez décrire", B, "Une réunion a lieu chaque semaine, et le superviseur relit chaque texte avant sa diffusion.", "an instruction in French"),
    Row("R03", "es", "duties", "Por favor, describa las tareas principales.\n- Analizar encuestas.\n- Redactar notas.", "Por favor, describa", B, "- Analizar encuestas.\n- Redactar notas.", "an instruction in Spanish before a list"),
    # R04: placeholders
    Row("R04", "en", "title", "in ... labour statistics", "in ... labour", B, "in labour statistics", "the dots of the title left"),
    Row("R04", "en", "training_components", "Through the work on … the JPO will attend two courses on survey design.", "on … the", B, "Through the work on surveys the JPO will attend two courses on survey design.", "an example's gap left in a sentence"),
    Row("R04", "en", "experience_minimum", "At least ____ years of experience in statistics.", "____", B, "At least two years of experience in statistics.", "a line to be filled"),
    Row("R04", "en", "duties", "- Draft briefs.\n- TBD\n- Support workshops.", "TBD", B, "- Draft briefs.\n- Support workshops.", "TBD as an item"),
    Row("R04", "en", "unit", "xxx Unit", "xxx", B, "Skills Unit", "letters that keep a place, in a line"),
    Row("R04", "en", "languages_desirable", "N/A", "N/A", W, "French would be an asset.", "N/A in a box that may stay empty"),
    Row("R04", "en", "skills_minimum", "n/a", "n/a", B, "Good drafting skills.", "n/a in a box that may not"),
    Row("R04", "en", "planned_developments", "To be confirmed.", "To be confirmed", B, "The dates are to be confirmed by the partners at their meeting in the spring.", "as the whole answer; in a sentence it may be said"),
    Row("R04", "fr", "planned_developments", "À compléter", "À compléter", B, "Une seconde phase est en préparation.", "in French"),
    Row("R04", "es", "supervisor_title", "[insertar cargo], Departamento de Estadística", "[insertar cargo]", B, "Jefa, Departamento de Estadística", "in brackets, in Spanish"),
    Row("R04", "en", "learning_elements", "- First year: interact with ….\n- Second year: lead a survey.", "with …", B, "- First year: interact with ministries, unions, …\n- Second year: lead a survey, etc. …", "before a full stop; a list left open is none"),
    # R05: doubled words
    Row("R05", "en", "supervision_note", "The JPO works in the SKILLS Branch (SKILLS).", "SKILLS Branch (SKILLS)", W, "The JPO works in the Skills Branch (SKILLS).", "an acronym as a word, and in brackets"),
    Row("R05", "en", "title", "in in labour statistics", "in in", B, "in labour statistics", "in a title it is a blocker"),
    Row("R05", "en", "introduction", "The office, as well as as well as its partners, works here.", "as well as as well as", W, "The office, as well as its partners, says that that is so and had had to say it.", "a phrase; “that that” and “had had” are right"),
    Row("R05", "en", "duties", "- Prepare <em>the</em> the minutes.\n- Write.", "the the", W, "- Prepare <em>the</em> minutes.\n- Write.", "across a mark, in a list"),
    Row("R05", "en", "skills_minimum", "WorkingWorking knowledge of statistics.", "WorkingWorking", W, "Working knowledge of statistics and of couscous.", "glued"),
    Row("R05", "fr", "introduction", "Le bureau travaille dans dans la région.", "dans dans", W, "Le bureau travaille dans la région, et nous nous en réjouissons.", "in French; “nous nous” is right"),
    Row("R05", "es", "duties", "- Apoyar a los a los socios.\n- Redactar.", "a los a los", W, "- Apoyar a los socios.\n- Redactar.", "two words, in Spanish"),
    # R06: labels in the value
    Row("R06", "en", "languages_minimum", "Minimum: Excellent command of English.", "Minimum:", B, "Excellent command of English, at a minimum: both spoken and written.", "the box's own label before the answer"),
    Row("R06", "en", "experience_desirable", "<p>Work in a ministry.</p><p><strong>Desirable:</strong></p><p>Work abroad.</p>", "Desirable:", B, "<p>Work in a ministry.</p><p>Work abroad.</p>", "a second label in bold between paragraphs"),
    Row("R06", "en", "education_minimum", "- A degree in law.\n- Desirable: a master's degree.", "Desirable:", B, "- A degree in law.\n- A degree in economics.", "the other part's label in a list"),
    Row("R06", "en", "title", "Junior Professional Officer in labour statistics", "Junior Professional Officer", B, "in labour statistics", "the fixed words typed again"),
    Row("R06", "en", "experience_minimum", "A minimum of two years of experience in statistics.", "A minimum of", H, "At least two years of experience in statistics.", "“Minimum: A minimum of”"),
    Row("R06", "en", "duration", "Duration of the assignment: 12 months, renewable", "Duration of the assignment:", B, "12 months, renewable", "the label of a line"),
    Row("R06", "fr", "languages_minimum", "Minimum : excellente maîtrise du français.", "Minimum :", B, "Excellente maîtrise du français.", "in French, with its space before the colon"),
    Row("R06", "es", "skills_desirable", "Deseable: conocimientos de contabilidad.", "Deseable:", B, "Conocimientos de contabilidad.", "in Spanish"),
    # R08: a minimum taken back
    Row("R08", "en", "education_minimum", "An advanced university degree in law. A first degree with three years of experience may be accepted in lieu of it.", "may be accepted in lieu of", W, "An advanced university degree in law, with courses on labour law.", "in a second sentence"),
    Row("R08", "en", "experience_minimum", "At least two years of experience. Internships can be considered instead.", "can be considered instead", W, "At least two years of experience, internships included.", "in other words"),
    Row("R08", "fr", "education_minimum", "Un diplôme universitaire supérieur en droit. Une licence et trois ans d'expérience peuvent remplacer ce diplôme.", "peuvent remplacer", W, "Un diplôme universitaire supérieur en droit du travail.", "in French"),
    Row("R08", "es", "education_minimum", "Título universitario superior en derecho. Podrá aceptarse una licenciatura con experiencia.", "Podrá aceptarse", W, "Título universitario superior en derecho del trabajo.", "in Spanish"),
    # R09: another supervisor
    Row("R09", "en", "duties", "Under the direct supervision of the Chief Technical Adviser, the JPO will:\n- Write briefs.\n- Support workshops.", "Under the direct supervision of the Chief Technical Adviser", B, "Under the direct supervision of the supervisor, the JPO will:\n- Write briefs.\n- Support workshops.", "in the lead of the duties"),
    Row("R09", "en", "training_components", "Courses are taken under the supervision of the Deputy Director.", "under the supervision of the Deputy Director", B, "Courses are taken under the general supervision of the Deputy Director.", "in passing; general supervision may be somebody else's"),
    Row("R09", "fr", "duties", "- Rédiger des notes sous la supervision directe du coordinateur du projet.\n- Appuyer les ateliers.", "sous la supervision directe du coordinateur", B, "- Rédiger des notes.\n- Appuyer les ateliers.", "in French, in an item"),
    Row("R09", "es", "duties", "- Redactar notas bajo la supervisión de la jefa de administración.\n- Apoyar los talleres.", "bajo la supervisión de la jefa", B, "- Redactar notas.\n- Apoyar los talleres.", "in Spanish"),
    # R12: learning not per year
    Row("R12", "en", "learning_elements", "- Understand how standards are supervised.\n- Write for ministers.", "Understand how", B, "- First year: understand how standards are supervised.\n- Second year: write for ministers.", "a list without years"),
    Row("R12", "en", "learning_elements", "The JPO will learn to analyse surveys and to advise governments.", "The JPO will learn", B, "After twelve months the JPO will analyse surveys alone; by the end of the second year, advise governments.", "a paragraph without years"),
    Row("R12", "fr", "learning_elements", "- Comprendre le contrôle des normes.\n- Rédiger des notes.", "Comprendre", B, "- Première année : comprendre le contrôle des normes.\n- Deuxième année : rédiger des notes.", "in French"),
    Row("R12", "es", "learning_elements", "- Comprender el control de las normas.\n- Redactar notas.", "Comprender", B, "- Primer año: comprender el control de las normas.\n- Segundo año: redactar notas.", "in Spanish"),
    # R13: outputs that are none
    Row("R13", "en", "key_outputs", "- Assist in the preparation of studies.\n- A study on wages.", "Assist", W, "- A study on wages.\n- Two briefs on social protection.", "a verb"),
    Row("R13", "en", "key_outputs", "- Monthly meetings with the ministry.\n- A study on wages.", "Monthly meetings", W, "- Minutes of the monthly meetings with the ministry.\n- A study on wages.", "a meeting"),
    Row("R13", "en", "key_outputs", "- Supporting the workshop.\n- A study on wages.", "Supporting", W, "- Supporting documents for the workshop.\n- A study on wages.", "a gerund; “supporting documents” are an output"),
    Row("R13", "fr", "key_outputs", "- Participer aux réunions.\n- Une étude sur les salaires.", "Participer", W, "- Atelier national sur les salaires.\n- Une étude sur les salaires.", "in French; “Atelier” is no verb"),
    Row("R13", "es", "key_outputs", "- Apoyar la elaboración de notas.\n- Un estudio sobre salarios.", "Apoyar", W, "- Taller nacional sobre salarios.\n- Un estudio sobre salarios.", "in Spanish; “Taller” is no verb"),
    # R14: sentences broken off
    Row("R14", "en", "introduction", "The unit works with partners (ministries, employers and workers.", "(ministries,", B, "The unit works with partners (ministries, employers and workers).", "a bracket never closed"),
    Row("R14", "en", "duties", "- Draft briefs.\n- Support projects (in the region.", "(in", B, "- Draft briefs.\n- Support projects: a) in the region; b) beyond it.", "in an item; “a)” needs no opening bracket"),
    Row("R14", "en", "experience_desirable", "Work with unions. will be an asset.", "unions. will", B, "Work with unions, i.e. at least one, or with ministries, firms, etc. will be an asset, e.g. in Africa.", "lower case after a full stop; “etc.”, “i.e.”, “e.g.” are right"),
    Row("R14", "en", "introduction", "The unit supports governments in the design and", "and", B, "The unit supports governments in the design of laws.", "a paragraph that ends in “and”"),
    Row("R14", "en", "living_conditions", "Schools are good. Rents are high, and flats are to be found in the", "the", B, "Schools are good. Rents are high.", "that ends in an article"),
    Row("R14", "fr", "introduction", "Le service appuie les ministères (travail, finances.", "(travail,", B, "Le service appuie les ministères (travail, finances).", "in French"),
    Row("R14", "es", "duties", "- Redactar notas.\n- Apoyar a los ministerios de", "de", B, "- Redactar notas; y\n- Apoyar a los ministerios.", "in Spanish; an item may end in “; y”"),
    # R15: end marks
    Row("R15", "en", "duties", "- Draft briefs;\n- Support workshops\n- Write minutes;\n- Perform other tasks.", "Support workshops", H, "- Draft briefs;\n- Support workshops;\n- Write minutes; and\n- Perform other tasks.", "one item without its semicolon; “; and” is right"),
    Row("R15", "en", "skills_minimum", "- Good drafting skills.\n- Statistical software\n- Good manners.", "Statistical software", H, "- Good drafting skills\n- Statistical software\n- Good manners", "one without a full stop; all without is even"),
    Row("R15", "en", "supervision_method", "The plan is agreed in the first week. Progress is then looked at together every fortnight in a meeting", "in a meeting", H, "The plan is agreed in the first week. Progress is then looked at together every fortnight in a meeting.", "a paragraph without a full stop"),
    Row("R15", "fr", "duties", "- Rédiger des notes ;\n- Appuyer les ateliers ;\n- Tenir les comptes ;", "Tenir les comptes", H, "- Rédiger des notes ;\n- Appuyer les ateliers ;\n- Tenir les comptes.", "the last item ends as the others do"),
    Row("R15", "es", "training_components", "La persona asistirá a dos cursos sobre encuestas y a un taller regional en el segundo año", "segundo año", H, "La persona asistirá a dos cursos sobre encuestas y a un taller regional en el segundo año.", "in Spanish"),
    # R18: dated facts
    Row("R18", "en", "programme_outline", "In 2026, the project is active in six countries. See https://www.example.org.", "In 2026", W, "In 2019, the partners agreed on the project. It is active in six countries under the 2030 Agenda. See https://www.example.org.", "the present under a year; the past is history"),
    Row("R18", "en", "introduction", "According to the most recent ILO data, one worker in five is young.", "most recent ILO data", W, "One worker in five is young.", "latest figures"),
    Row("R18", "en", "planned_developments", "The first phase runs until June 2027.", "until June 2027", H, "The first phase runs for four years.", "an end date"),
    Row("R18", "en", "planned_developments", "A second phase will begin in March 2028.", "A second phase", H, "A second phase will begin once the first has been evaluated.", "a plan with its date is no more than a hint"),
    Row("R18", "fr", "programme_outline", "En 2026, le projet intervient dans six pays (https://www.example.org).", "En 2026", W, "Le projet intervient dans six pays (https://www.example.org).", "in French"),
    Row("R18", "es", "introduction", "Según las últimas estimaciones de la OIT, uno de cada cinco trabajadores es joven.", "últimas estimaciones", W, "Uno de cada cinco trabajadores es joven.", "in Spanish"),
    # R19: money and promises
    Row("R19", "en", "learning_elements", "- First year: courses for $3.500 per year.\n- Second year: leads a survey.", "$3.500", B, "- First year: courses on surveys.\n- Second year: leads a survey.", "an amount with a point for thousands"),
    Row("R19", "en", "training_components", "The JPO attends courses for up to EUR 2,000 a year.", "EUR 2,000", B, "The JPO attends two courses a year.", "an amount in letters"),
    Row("R19", "en", "duties", "- Draft briefs.\n- Use the training allowance of USD 900 for courses.", "USD 900", B, "- Draft briefs.\n- Keep account of a budget of USD 90,000.", "among the duties; a project's budget may be named"),
    Row("R19", "en", "supervision_method", "Supervisor and JPO meet weekly; a duty travel and training allowance is available for what the two agree on.", "duty travel and training allowance", W, "Supervisor and JPO meet weekly and agree on courses; their plan is looked at again after six months.", "the allowance without an amount"),
    Row("R19", "en", "training_components", "After two courses the JPO will be retained by the office.", "the JPO will be retained", W, "After two courses the JPO will be able to lead a survey.", "a promise of what comes after"),
    Row("R19", "fr", "training_components", "Les cours sont payés jusqu'à 2 000 euros par an.", "2 000 euros", B, "Deux cours sont prévus par an.", "in French"),
    Row("R19", "es", "training_components", "Hay un subsidio para cursos.", "subsidio", W, "Hay cursos cada año.", "in Spanish"),
    # R20: personal data
    Row("R20", "en", "living_conditions", "Ask mary.jones@example.org about flats.", "mary.jones@example.org", W, "Ask the office about flats; questions about the programme go to jpo@ilo.org.", "a person's address; the JPO unit's own may stand"),
    Row("R20", "en", "duties", "- Draft briefs.\n- Call +41 22 555 12 34 every week.", "+41 22 555 12 34", W, "- Draft briefs on 2022-2030 and on C. 187, and on 12 345 678 workers.\n- Call the ministry every week.", "a telephone number; other numbers are none"),
    # R21: links
    Row("R21", "en", "introduction", "More at www.example.org/work.", "www.example.org/work", H, 'More at <a href="https://www.example.org/work">www.example.org/work</a>.', "an address without a scheme"),
    Row("R21", "en", "programme_outline", "The project helps ministries to plan.", "The project helps", H, 'The <a href="https://www.example.org">project</a> helps ministries to plan.', "a background without a link"),
    Row("R21", "es", "programme_outline", "El proyecto ayuda a los ministerios.", "El proyecto", H, 'El <a href="https://www.example.org">proyecto</a> ayuda a los ministerios.', "in Spanish"),
    # R24: lists
    Row("R24", "en", "skills_minimum", "Good drafting skills; knowledge of statistics; ability to work under pressure.", "Good drafting skills;", H, "Good drafting skills; knowledge of statistics.", "three things parted by semicolons; two may stand"),
    Row("R24", "en", "duties", "The JPO will: draft briefs; prepare workshops; write minutes.", "draft briefs;", H, "The JPO will:\n- draft briefs;\n- prepare workshops;\n- write minutes.", "after a lead"),
    Row("R24", "en", "skills_minimum", "Good drafting skills<br>Knowledge of statistics<br>Team spirit", "Good drafting skills", H, "- Good drafting skills\n- Knowledge of statistics\n- Team spirit", "lines without bullets"),
    Row("R24", "en", "duties", "<ul><li>1. Draft briefs.</li><li>2. Write minutes.</li></ul>", "1. ", H, "<ol><li>Draft briefs.</li><li>Write minutes.</li></ol>", "bullet and number together"),
    Row("R24", "en", "duties", "<p>• Draft briefs.</p><p>• Write minutes.</p>", "• Draft briefs.", H, "<ul><li>Draft briefs.</li><li>Write minutes.</li></ul>", "a list typed by hand"),
    Row("R24", "en", "duties", "- Draft briefs.\n- Writing minutes.\n- Support workshops.\n- Perform other tasks.", "Writing", H, "- Draft briefs.\n- Write minutes.\n- Support workshops.\n- Perform other tasks.", "one “-ing” among plain verbs"),
    Row("R24", "fr", "training_components", "Un cours sur les enquêtes ; un atelier régional ; une mission au Sénégal.", "Un cours sur les enquêtes ;", H, "Un cours sur les enquêtes et un atelier régional.", "in French"),
    # R25: wrong box
    Row("R25", "en", "title", "in the Labour Statistics Unit", "in the Labour Statistics Unit", W, "in labour statistics", "the title is a unit's name"),
    Row("R25", "en", "education_desirable", "Knowledge of labour law.", "Knowledge of labour law.", W, "A master's degree in labour law.", "knowledge among the degrees"),
    Row("R25", "en", "competencies", "- Good communication skills.\n- Good computer skills.", "Good computer skills.", H, "- Good communication skills.\n- Team spirit.", "a skill among the competencies"),
    Row("R25", "en", "skills_minimum", "Good drafting skills and fluency in English.", "fluency in English", H, "Good drafting skills.", "a language among the skills"),
    Row("R25", "en", "learning_elements", "- First year: leads a survey.\n- A training allowance is available.", "A training allowance is available.", W, "- First year: leads a survey.\n- Second year: trains others.", "an allowance among what is learned"),
    Row("R25", "fr", "education_desirable", "Connaissance du droit du travail.", "Connaissance", W, "Un master en droit du travail.", "in French"),
    # R26: long paragraphs
    Row("R26", "en", "introduction", "The unit advises ministries on wages and on hours of work. " * 16, "The unit advises", H, "The unit advises ministries on wages and on hours of work.", "about 180 words in one paragraph"),
    # R27: requirements out of line
    Row("R27", "en", "experience_minimum", "At least one year of experience in statistics.", "one year", W, "At least two years of experience in statistics.", "under two years, in words"),
    Row("R27", "en", "experience_minimum", "18 months of experience in statistics.", "18 months", W, "24 months of experience in statistics, of which six months abroad.", "in months"),
    Row("R27", "en", "experience_minimum", "Up to three years of experience in statistics.", "Up to three years", W, "Three years of experience in statistics.", "a maximum"),
    Row("R27", "en", "experience_minimum", "At least ten years of experience in statistics.", "ten years", W, "At least three years of experience in statistics.", "more than a junior post asks for"),
    Row("R27", "en", "languages_minimum", "Excellent command of one working language of the ILO.", "one working language of the ILO", W, "Excellent command of one working language of the ILO (English or French).", "which language?"),
    Row("R27", "fr", "experience_minimum", "Au moins un an d'expérience en statistique.", "un an", W, "Au moins deux ans d'expérience en statistique.", "in French"),
    Row("R27", "es", "experience_minimum", "Al menos seis meses de experiencia en estadística.", "seis meses", W, "Al menos dos años de experiencia en estadística.", "in Spanish"),
    # R28, R32: the form's own words
    Row("R28", "en", "living_conditions", "Flats are cheap. The ILO has a smoke-free environment.", "The ILO has a smoke-free environment.", W, "Flats are cheap. The house is a smoke-free environment.", "a sentence that is printed below"),
    Row("R28", "en", "competencies", "- Team spirit.\n- The ILO values diversity.", "The ILO values diversity.", W, "- Team spirit.\n- Respect for diversity.", "in a list"),
    Row("R32", "en", "learning_elements", "- First year: leads a survey.\n- Familiarize with the functioning of the UN system", "Familiarize", H, "- First year: leads a survey.\n- Second year: explains to partners how the UN country team decides.", "an example unchanged"),
    Row("R32", "en", "learning_elements", "- First year: leads a survey.\n- Interact with", "Interact with", H, "- First year: leads a survey.\n- Interact with ministries.", "an example whose gap was left out"),
    Row("R32", "fr", "learning_elements", "- Première année : dirige une enquête.\n- Découvrir le travail d’une équipe pluridisciplinaire et multiculturelle", "Découvrir", H, "- Première année : dirige une enquête.\n- Deuxième année : sait ce que fait chaque membre de l’équipe de Dakar.", "in French"),
    Row("R32", "es", "learning_elements", "- Primer año: dirige una encuesta.\n- Interactuar con", "Interactuar", H, "- Primer año: dirige una encuesta.\n- Interactuar con los ministerios de trabajo.", "in Spanish, the gap left out"),
    # R29: the same sentence twice
    Row("R29", "en", "key_outputs", "- A study on wages.\n- A report on what the ministries of the region do for young workers.\n- A report on what ministries of the region do for the young workers.", "A report on what ministries", W, "- A study on wages.\n- A report on what the ministries of the region do for young workers.", "twice in a list, with another article"),
    Row("R29", "fr", "key_outputs", "- Une étude sur les salaires.\n- Un rapport sur ce que font les ministères de la région pour les jeunes.\n- Un rapport sur ce que font les ministères de la région pour les jeunes.", "Un rapport", W, "- Une étude sur les salaires.\n- Un rapport sur ce que font les ministères de la région.", "in French"),
    # R30: too thin
    Row("R30", "en", "training_components", "The JPO will be trained by colleagues in everything.", "The JPO will be trained", W, "The JPO will attend two courses and be coached by colleagues.", "no activity is named"),
    Row("R30", "en", "supervision_method", "The supervisor will assess the work of the JPO.", "The supervisor will assess", W, "The supervisor and the JPO meet every week; a work plan for six months is agreed in the first fortnight, and each draft is discussed.", "how often is not said"),
    Row("R30", "fr", "training_components", "La personne apprendra auprès de ses collègues.", "La personne", W, "La personne suivra deux cours et un atelier régional.", "in French"),
    # The same kinds in yet other words
    Row("R03", "fr", "learning_elements", "Indiquer ce que le titulaire apprendra, par année. À la fin de la première année : enquêter.", "Indiquer ce que", B, "À la fin de la première année : indiquer aux partenaires ce que dit une enquête.", "in French, in the infinitive"),
    Row("R03", "es", "training_components", "Indíquese qué actividades se utilizarán. Dos cursos.", "Indíquese", B, "Dos cursos que indican qué actividades convienen.", "in Spanish"),
    Row("R03", "en", "introduction", "[Describe the department and the unit here] The unit drills wells.", "Describe the department", B, "The unit drills wells [and pumps].", "in square brackets"),
    Row("R04", "en", "introduction", "The unit drills wells in [country] and beyond.", "[country]", B, "The unit drills wells in “[the] country” and beyond.", "a word in square brackets; in a quotation it is right"),
    Row("R04", "en", "duration", "xx months", "xx months", B, "12 months, renewable", "in a line, in small letters"),
    Row("R05", "en", "introduction", "It works with the ministry of labour with the ministry of labour on wages.", "with the ministry of labour with the ministry of labour", W, "It works with the ministry of labour, and with the ministry of finance.", "five words"),
    Row("R08", "en", "experience_minimum", "Three years of work in law; candidates with less experience may also be considered.", "with less experience may also be considered", W, "Three years of work in law.", "without “in lieu of”"),
    Row("R09", "en", "introduction", "The JPO will work under the direct supervision of the Head of the Legal Unit.", "under the direct supervision of the Head of the Legal Unit", W, "The JPO will work under the direct supervision of the Senior Specialist.", "the same function of another unit is a warning"),
    Row("R09", "en", "duties", "- Draft reports supervised by the Deputy Economist.\n- Write.", "supervised by the Deputy Economist", B, "- Draft reports.\n- Write.", "“supervised by”"),
    Row("R13", "en", "key_outputs", "The JPO will support the unit.", "The JPO will support", W, "A study on wages, ready for publication.", "a sentence about the JPO"),
    Row("R14", "en", "duties", "- Draft reports on wells [with colleagues.\n- Write.", "[with", B, "- Draft reports on wells [with colleagues].\n- Write.", "a square bracket"),
    Row("R18", "fr", "planned_developments", "Le projet se termine en décembre 2026.", "se termine en décembre 2026", H, "Le projet dure quatre ans.", "an end date in French"),
    Row("R24", "en", "skills_minimum", "(1) good drafting skills, (2) knowledge of statistics, (3) team spirit.", "(1) good", H, "Good drafting skills and team spirit (in English).", "numbered within a paragraph"),
    Row("R25", "en", "education_minimum", "Two years of experience in law.", "Two years of experience", W, "A university degree in law.", "experience among the degrees"),
    Row("R25", "en", "experience_minimum", "A master's degree in law.", "A master's degree", H, "Two years of work in law.", "a degree among the experience"),
    Row("R25", "en", "languages_minimum", "Excellent command of English. Good computer skills.", "Good computer skills.", H, "Excellent command of English.", "a skill among the languages"),
    Row("R27", "en", "experience_minimum", "No prior experience required.", "No prior experience required", W, "Two years of experience.", "none at all"),
    Row("R27", "en", "languages_minimum", "Fluency in one of the ILO working languages.", "one of the ILO working languages", W, "Fluency in English.", "“one of the”"),
    Row("R28", "en", "key_outputs", "During the period of assignment, the JPO will contribute to the following key outputs: a study and two briefs.", "During the period", W, "During the period of assignment, the JPO will contribute to the following key outputs:\n- a study;\n- two briefs.", "the lead typed where it is printed as well; before a list it is not printed"),
    # Seen in other people's texts
    Row("R04", "en", "supervisor_name", "N.N.", "N.N.", B, "Noor Nakamura", "nobody yet"),
    Row("R04", "en", "supervisor_title", "Chief of the Wages Unit (recruitment under way)", "recruitment under way", B, "Chief of the Recruitment Unit", "somebody to come"),
    Row("R04", "en", "title", "in (insert the subject)", "(insert the subject)", B, "in wages (and hours of work)", "in round brackets"),
    Row("R04", "fr", "living_conditions", "Le climat est doux. Logement : à compléter par le bureau", "à compléter", B, "Le climat est doux. Le formulaire d'inscription est à compléter par le locataire dès son arrivée.", "a remark to oneself, in French"),
    Row("R04", "es", "skills_desirable", "Experiencia de talleres. n/d", "n/d", W, "Experiencia de talleres y de encuestas.", "left behind the last sentence, in Spanish"),
    Row("R04", "fr", "skills_desirable", "S/O", "S/O", W, "Pratique des enquêtes.", "“sans objet”"),
    Row("R05", "en", "duties", "- Draft notes on wages and notes on wages for ministries.\n- Help.", "notes on wages and notes on wages", W, "- Draft notes on wages and notes on hours for ministries.\n- Help.", "a phrase joined to itself"),
    Row("R05", "fr", "title", "dans le domaine du domaine de l'emploi", "domaine du domaine", B, "dans le domaine de l'emploi", "a thing of itself"),
    Row("R05", "en", "introduction", "The team of Rural WorkRural Work advises ministries.", "Rural WorkRural Work", W, "The team of Rural Work advises ministries.", "a name glued to itself"),
    Row("R05", "en", "introduction", "The unit has had had two evaluations.", "had had", W, "The unit had had two evaluations before.", "“had had” is right, “has had had” is not"),
    Row("R06", "en", "skills_minimum", "Skills required: drafting and statistics.", "Skills required:", B, "Drafting and statistics, which requires skill.", "a label in other words"),
    Row("R07", "en", "experience_minimum", "Two years in a ministry. Field work would be an advantage.", "would be an advantage", H, "Two years in a ministry, in an office of some advantage to unions.", "what is desirable stands in the minimum"),
    Row("R08", "en", "education_minimum", "A degree in law. Graduates of other fields will also be considered.", "will also be considered", W, "A degree in law. Graduates in labour law have considered the subject.", "the minimum is none"),
    Row("R08", "es", "experience_minimum", "Dos años en un ministerio. A falta de esa experiencia, se tendrán en cuenta prácticas.", "A falta de esa experiencia", W, "Dos años en un ministerio.", "in Spanish"),
    Row("R08", "fr", "experience_minimum", "Deux ans dans un ministère ou, à défaut, un stage.", "à défaut", W, "Deux ans dans un ministère ou un syndicat.", "in French"),
    Row("R09", "en", "duties", "- Under the supervision of Ms Adaeze Thorsen, draft notes.\n- Help.", "Ms Adaeze Thorsen", B, "- Under the supervision of the supervisor, draft notes.\n- Help.", "somebody else's name"),
    Row("R18", "en", "programme_outline", "As of 31 December 2025, six studies were published. See https://www.example.org.", "As of 31 December 2025", W, "Six studies were published as of old. See https://www.example.org.", "the day of a figure"),
    Row("R18", "en", "introduction", "At the time of writing, six countries take part.", "At the time of writing", W, "Six countries take part in writing at the time of the survey.", "when the author wrote"),
    Row("R18", "en", "programme_outline", "A phase will begin in the first quarter of 2028 (https://www.example.org).", "in the first quarter of 2028", W, "A phase began in the first quarter of 2020 (https://www.example.org).", "a quarter of a year to come"),
    Row("R18", "en", "living_conditions", "Since the reform of March 2024 rents have doubled.", "Since the reform", W, "Rents are high since the town is small.", "what has changed lately"),
    Row("R18", "fr", "programme_outline", "Le projet démarrera en juillet 2027 (https://www.example.org).", "Le projet démarrera", W, "Le projet démarrera au printemps (https://www.example.org).", "what is to come, in French"),
    Row("R19", "en", "programme_outline", "The project of EUR 3.4 million helps ministries (https://www.example.org).", "EUR 3.4 million", H, "The project of 3.4 million workers helps ministries (https://www.example.org).", "the size of a programme in money"),
    Row("R19", "en", "introduction", "The programme spends 1.2 million dollars a year.", "1.2 million dollars", H, "The programme reaches 1.2 million workers a year.", "the currency behind the number"),
    Row("R19", "fr", "training_components", "Deux cours et une indemnité de 2 000 000 FCFA sont prévus.", "2 000 000 FCFA", B, "Deux cours sont prévus pour 2 000 000 de travailleurs.", "another currency"),
    Row("R21", "en", "programme_outline", "More can be read under the following link. The project is older than all its partners and has its own pages: https://www.example.org.", "following link", W, 'More can be read under the following link: <a href="https://www.example.org">wages</a>.', "a link is promised, and none follows"),
    Row("R22", "en", "introduction", "The unit works with employer's organizations.", "employer's organizations", H, "The unit works with employers' organizations.", "organizations of many"),
    Row("R22", "en", "competencies", "- Gender-sensitive behaviour and attitudes is required.\n- Team spirit.", "behaviour and attitudes is", H, "- Gender-sensitive behaviour and attitudes are required.\n- Team spirit.", "two things are"),
    Row("R22", "en", "training_components", "The JPO will attend two courses. Receive coaching on drafting.", "Receive coaching", H, "The JPO will attend two courses and receive coaching on drafting.", "a later sentence without a subject"),
    Row("R22", "en", "education_minimum", "First university degree in a relevant field economics.", "in a relevant field economics", W, "First university degree in a relevant field, such as economics.", "the form's words beside the author's"),
    Row("R24", "en", "duties", "<p>(1) draft briefs;</p><p>(2) write minutes;</p><p>(3) help.</p>", "(1) draft briefs;", H, "<ol><li>draft briefs;</li><li>write minutes;</li><li>help.</li></ol>", "numbers typed before neighbouring paragraphs"),
    Row("R24", "en", "duties", "<p>The JPO will: (i) draft briefs; (ii) write minutes; and (iii) help.</p>", "(i) draft briefs;", H, "The JPO will:\n- draft briefs;\n- write minutes; and\n- help.", "parted by semicolons and numbered"),
    Row("R25", "en", "education_desirable", "Work experience in a bank.", "Work experience", W, "A degree in work and organization.", "experience is no education"),
    Row("R25", "en", "skills_minimum", "Drafting. Excellent command of written and spoken English.", "Excellent command of written and spoken English", H, "Drafting. Excellent command of statistics.", "a language among the skills"),
    Row("R25", "es", "competencies", "- Conocimiento de Excel y de bases de datos.\n- Espíritu de equipo.", "Conocimiento de Excel", H, "- Conocimiento de otras culturas.\n- Espíritu de equipo.", "in Spanish"),
    Row("R25", "en", "learning_elements", "- First year: leads a survey.\n- A springboard for a career.", "springboard", H, "- First year: leads a survey.\n- Second year: leads two.", "advertising is nothing one learns"),
    Row("R27", "en", "experience_minimum", "Between two and four years of experience in statistics.", "Between two and four years", W, "At least two years of experience in statistics, gained in between four and six projects.", "from so many to so many"),
    Row("R27", "en", "experience_minimum", "Two years of experience. Candidates should not be older than 30.", "not be older than 30", W, "Two years of experience with surveys of people not older than 30 weeks before.", "an age limit"),
    Row("R27", "fr", "languages_desirable", "La connaissance de l'anglais est exigée.", "est exigée", W, "La connaissance de l'anglais n'est pas exigée, mais souhaitée.", "a requirement in the desirable"),
    Row("R27", "en", "skills_desirable", "Knowledge of Stata is mandatory.", "is mandatory", W, "Knowledge of Stata is not required, but welcome.", "in English"),
    Row("R28", "en", "programme_outline", "The ILO is committed to diversity and welcomes all. See https://www.example.org.", "The ILO is committed to diversity", W, "The project is committed to a diversity of crops. See https://www.example.org.", "the closing words otherwise"),
    Row("R30", "en", "training_components", "Various courses and seminars, to be agreed.", "Various courses", W, "The JPO will attend two courses and one regional seminar a year.", "next to nothing"),
    Row("R03", "en", "supervision_method", "The supervisory role is to be described in terms of planning and reviewing. They meet weekly; a work plan for six months is agreed in the first fortnight.", "The supervisory role is to be described", B, "The supervisory role includes planning and reviewing. They meet weekly; a work plan for six months is agreed in the first fortnight.", "guidance in other words"),
    Row("R03", "es", "key_outputs", "Describa los resultados que se esperan.\n- Un estudio sobre salarios.", "Describa los resultados", B, "- Un estudio que describe los salarios.", "an imperative, in Spanish"),
    Row("R04", "en", "education_minimum", "First degree in law, gender studies, … or a related field.", "studies, … or", B, "First degree in law, gender studies or a related field.", "a gap among the subjects"),
    Row("R09", "en", "training_components", "The JPO attends two courses, and is coached by the direct supervisor, the Deputy Economist, every week.", "the Deputy Economist", B, "The JPO attends two courses, and is coached by the direct supervisor, who sets the tasks.", "the supervisor is somebody else here"),
    Row("R22", "en", "programme_outline", "The tool allows to carry out studies (https://www.example.org).", "allows to carry", H, "The tool allows unions to carry out studies and is allowed to fail (https://www.example.org).", "nobody is named who may"),
    Row("R22", "en", "key_outputs", "- A guide translated in Spanish.\n- A study.", "translated in Spanish", H, "- A guide translated into Spanish.\n- A study translated in 2019.", "into a language"),
    Row("R25", "en", "education_desirable", "Three years in the survey section of a ministry.", "Three years in", W, "A degree of three years in survey methods.", "work without the word"),
    Row("R04", "es", "duties", "- Fecha: por definir.\n- Redactar.", "por definir", B, "- Ayudar a definir políticas.\n- Redactar.", "still to come; a verb of work is none, in Spanish"),
    Row("R04", "fr", "duties", "- Lieu à définir.\n- Rédiger.", "à définir", B, "- Contribuer à définir les politiques.\n- Rédiger.", "still to come; a verb of work is none, in French"),
    Row("R04", "en", "supervisor_title", "Chief, Wages Unit (vacant)", "vacant", B, "Chief, Recruitment Unit", "nobody; elsewhere posts may be vacant"),
    Row("R21", "en", "programme_outline", "More information is available here. The project itself is old, and has pages of its own under https://www.example.org.", "information is available here", W, 'Everything one needs is available here. See <a href="https://www.example.org">this</a>.', "a word that was a link; things may be available as well"),
    Row("R28", "en", "introduction", "The ILO values diversity in all its posts.", "The ILO values diversity", W, "The ILO promotes diversity in enterprises of all sizes.", "the closing words; diversity may be the work itself"),
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_planted_defect_is_found_and_its_clean_twin_is_silent(row: Row) -> None:
    told = of_rule(planted(row.language, **{row.box: row.text}), row.rule, row.box)
    assert [finding for finding in told if row.quote in finding.quote and finding.severity is row.severity], told
    assert of_rule(planted(row.language, **{row.box: row.twin}), row.rule, row.box) == []


HOLDS_BOTH = [
    ("en", "languages", "Excellent command of English. French would be an asset.", "what is an asset is no minimum"),
    (
        "en",
        "skills",
        "- Drafting.\n- Analysis.\n- Statistics.\n- Teaching.\n- Planning.\n- Budgeting.",
        "six skills are hardly all a minimum",
    ),
    ("en", "education", "A master's degree in law. A first degree with long experience.", "two degrees"),
    ("fr", "languages", "Excellente maîtrise du français. L'anglais serait un atout.", "in French"),
    ("es", "skills", "Redacción clara. Se valorará la experiencia docente.", "in Spanish"),
]


@pytest.mark.parametrize(("language", "group", "minimum", "why"), HOLDS_BOTH, ids=[row[-1] for row in HOLDS_BOTH])
def test_an_empty_desirable_is_told_where_the_minimum_holds_both(language: str, group: str, minimum: str, why: str) -> None:
    both = planted(language, **{f"{group}_minimum": minimum, f"{group}_desirable": ""})
    parted = planted(language, **{f"{group}_minimum": minimum, f"{group}_desirable": "Stata."})
    assert [f.severity for f in of_rule(both, "R07", f"{group}_desirable")] == [W]
    assert of_rule(parted, "R07", f"{group}_desirable") == []


def test_the_supervisor_is_named_in_the_text_only_with_consent() -> None:
    named = planted("en", supervisor_name="Imara Solberg", duties="- Help Imara Solberg to plan.\n- Write.")
    assert [f.quote for f in of_rule(named, "R20", "duties")] == ["Imara Solberg"]
    assert (
        of_rule(
            planted("en", supervisor_name="Imara Solberg", duties="- Help the supervisor to plan.\n- Write."), "R20", "duties"
        )
        == []
    )


def test_the_clean_proposals_are_clean() -> None:
    for language in ("en", "fr", "es"):
        told = found(planted(language))
        assert [finding for finding in told if finding.severity is not H] == []
        assert len(told) <= 3
