"""Wordings: what people write above a section or a box instead of the form's own heading or label, in any language."""

SYNONYMS = {
    "general_information": ("Renseignements généraux", "Datos generales"),
    "supervision": ("Encadrement",),
    "duties_and_responsibilities": (
        *("Duties", "Main duties and responsibilities", "Main duties", "Tasks and responsibilities", "Main tasks"),
        *("Tâches et responsabilités", "Attributions et responsabilités"),
        *("Tareas y responsabilidades", "Deberes y responsabilidades"),
    ),
    "qualifications_and_experience": (
        *("Qualifications", "Required qualifications and experience", "Requirements"),
        *("Qualifications et expériences", "Qualifications requises", "Calificaciones y experiencia", "Requisitos"),
    ),
    "training_components_and_learning_elements": (
        *("Training and learning", "Training and learning elements"),
        *("Composantes de formation et éléments d’apprentissage", "Formation et apprentissage"),
        *("Elementos de formación y aprendizaje", "Formación y aprendizaje"),
    ),
    "background_information": (
        *("Background", "Informations complémentaires", "Informations de base", "Contexte"),
        *("Información complementaria", "Información adicional", "Antecedentes"),
    ),
    "duty_station": ("Duty location", "Place of assignment", "Lieu d’assignation", "Lugar de asignación"),
    "duration": ("Duration", "Duration of assignment", "Durée", "Durée de l’assignation", "Duración"),
    "grade": ("Level", "Classe"),
    "department": (
        *("Department", "Field office", "Department or field office", "Department/Office"),
        *("Département", "Bureau extérieur", "Département/Bureau", "Departamento", "Oficina exterior", "Departamento/Oficina"),
    ),
    "unit": ("Organizational unit", "Unit", "Unité organisationnelle", "Unité", "Unidad organizativa", "Unidad"),
    "supervisor_name": (
        *("Direct supervisor", "Direct supervision", "Directly supervised by", "Supervised by", "Supervisor"),
        *("Supervision directe par", "Supervision directe", "Superviseur direct", "Superviseur"),
        *("Supervisión directa por", "Supervisión directa", "Supervisor directo", "Supervisora directa"),
    ),
    "supervisor_title": ("Title", "Titre", "Cargo"),
    "supervisor_email": ("E-mail", "Email", "Email address", "Courriel", "Correo electrónico"),
    "supervision_method": (
        *("Content and method of supervision", "Methodology of supervision", "Supervision methodology"),
        *("Contenu et méthodologie de la supervision", "Contenu et méthodologie de supervision"),
        *("Contenido y método de la supervisión", "Contenido y metodología de supervisión"),
    ),
    "key_outputs": (
        *("Outputs", "Expected outputs", "Expected key outputs"),
        *("Produits attendus", "Résultats attendus", "Productos esperados", "Resultados esperados"),
    ),
    "education_minimum": ("Formation", "Formation académique", "Diplômes", "Educación", "Estudios"),
    "experience_minimum": ("Experience", "Professional experience", "Expérience", "Experiencia", "Experiencia laboral"),
    "skills_minimum": (
        *("Skills", "Skills required", "Required skills", "Skills required for the position"),
        *("Compétences requises pour l’affectation", "Compétences requises", "Aptitudes requises", "Aptitudes"),
        *("Competencias requeridas", "Aptitudes requeridas", "Habilidades requeridas"),
    ),
    "languages_minimum": (*("Language", "Language skills", "Language requirements", "Connaissances linguistiques", "Lenguas"),),
    "competencies": (
        *("Competencies", "Competences", "ILO competences", "ILO core competencies", "Core competencies"),
        *("Compétences", "Compétences du BIT", "Competencias"),
    ),
    "training_components": (
        *("Training component", "Training", "Composantes de formation", "Composante de formation", "Formación"),
    ),
    "learning_elements": (
        *("Learning element", "Learning", "Objectifs d’apprentissage", "Apprentissage"),
        *("Objetivos de aprendizaje", "Aprendizaje"),
    ),
    "planned_developments": ("Planned development", "Développements prévus", "Desarrollos previstos"),
    "living_conditions": (
        *("Living arrangements", "Living arrangements/conditions", "Living conditions/arrangements"),
        *("Conditions de vie et de logement", "Condiciones de vida y alojamiento"),
    ),
    "outcomes": (
        *("Programme and Budget outcome", "P&B outcomes", "P&B outcome", "ILO outcomes", "ILO outcome", "Outcomes"),
        *("Résultats de l’OIT", "Résultat du programme et budget", "Resultado del Programa y Presupuesto"),
    ),
}
"""By the section or box they stand for; a group of boxes goes by its first box."""
PARTS = {
    "minimum": (
        *("Minimum requirements", "Minimum requirement", "Minimum required", "Essential", "Required"),
        *("Minimum requis", "Exigé", "Requis", "Mínimos", "Requerido"),
    ),
    "desirable": (
        *("Desirable requirements", "Desirable requirement", "Desired", "Preferred", "Asset", "Assets"),
        *("Souhaité", "Souhaitables", "Atout", "Atouts", "Deseado", "Deseables"),
    ),
}
"""The parts that several groups have, by the end of the box's name."""
MISPRINTS = {"responsabilities": "responsibilities"}
"""Misprints of the paper form itself: nobody's words."""
