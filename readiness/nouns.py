"""Nouns that such texts are full of and that are nothing but nouns, so that a pattern can judge their number."""

from typing import Final

ONE: Final = {
    "en": (
        "activity agency applicant area beneficiary candidate challenge colleague community company competency component "
        "constituent consultant convention counterpart country deliverable department document donor duty employer "
        "enterprise event expert field framework government guideline initiative institution instrument intervention issue "
        "language mechanism meeting method ministry mission objective office opportunity organisation organization "
        "participant partner policy position priority process product programme project publication recommendation region "
        "requirement responsibility sector seminar service skill specialist stakeholder standard strategy system task tool "
        "topic unit worker workshop"
    ).split(),
    "fr": (
        "acteur activité atelier bénéficiaire collègue compétence connaissance convention document domaine employeur "
        "entreprise expert fonctionnaire formation gouvernement indicateur initiative institution mandant méthode ministère "
        "mission norme objectif organisation outil partenaire participant politique priorité projet recommandation "
        "responsabilité résultat réunion séminaire spécialiste stagiaire stratégie tâche travailleur"
    ).split(),
    "es": (
        "actividad actor beneficiario colega competencia conocimiento empleador empresa especialista estrategia experto "
        "funcionario gobierno habilidad herramienta indicador iniciativa institución mandante método ministerio misión "
        "necesidad objetivo organización participante política prioridad producto programa proyecto recomendación "
        "responsabilidad resultado reunión seminario taller tarea trabajador trabajadora"
    ).split(),
}


def plural(word: str, language: str) -> str:
    """The plural of a regular noun."""
    if language == "es":
        return f"{word[:-3]}iones" if word.endswith("ión") else f"{word}s" if word[-1] in "aeiou" else f"{word}es"
    if language == "en" and word[-1] == "y" and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word[-1] in "sx" or word.endswith(("ch", "sh")) else f"{word}s"


MANY: Final = {language: {word: plural(word, language) for word in words} for language, words in ONE.items()}
"""By language and singular, the plural."""
EITHER: Final = {language: frozenset([*words, *words.values()]) for language, words in MANY.items()}


def alternatives(words: object) -> str:
    """Words as the alternatives of a pattern, the longer first."""
    return "|".join(sorted(words, reverse=True))  # type: ignore[call-overload]
