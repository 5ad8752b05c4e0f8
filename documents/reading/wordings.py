"""Wordings: what people write above a section or a box instead of the form's own heading or label, in any language.

Articles and other small words do not count, nor whether there is one of a thing or many (`labels.core`).
"""

SYNONYMS = {
    "general_information": ("Renseignements généraux", "Données générales", "Datos generales"),
    "supervision": ("Encadrement",),
    "duties_and_responsibilities": (
        *("Duties", "Main duties and responsibilities", "Main duties", "Tasks and responsibilities", "Main tasks"),
        *("Duties and tasks", "Responsibilities", "Roles and responsibilities"),
        *(
            "Tâches et responsabilités",
            "Attributions et responsabilités",
            "Attributions",
            "Tâches principales",
            "Principales tâches",
        ),
        *("Tareas y responsabilidades", "Deberes y responsabilidades", "Tareas principales", "Principales tareas"),
    ),
    "qualifications_and_experience": (
        *("Qualifications", "Required qualifications and experience", "Requirements"),
        *("Qualifications and work experience", "Qualifications et expérience professionnelle", "Qualifications requises"),
        *("Calificaciones y experiencia", "Calificaciones", "Cualificaciones", "Requisitos", "Perfil requerido", "Profil requis"),
        *("Calificaciones y experiencia profesional", "Cualificaciones y experiencia profesional"),
    ),
    "training_components_and_learning_elements": (
        *("Training and learning", "Training and learning elements"),
        *("Training components and learning objectives", "Training and learning components"),
        *("Composantes de formation et éléments d’apprentissage", "Éléments de formation et d’apprentissage"),
        *("Formation et apprentissage", "Composantes de formation et d’apprentissage", "Formation et objectifs d’apprentissage"),
        *("Elementos de formación y aprendizaje", "Componentes de formación y aprendizaje", "Formación y aprendizaje"),
        *("Capacitación y aprendizaje", "Componentes de capacitación y elementos de aprendizaje"),
    ),
    "background_information": (
        *("Background", "General background", "Context", "Additional information", "Further information"),
        *("Informations complémentaires", "Informations de base", "Contexte", "Contexte général"),
        *("Informations sur le contexte", "Renseignements sur le contexte", "Informations générales sur le contexte"),
        *("Informations contextuelles", "Renseignements de base", "Autres informations", "Autres renseignements"),
        *("Información complementaria", "Información adicional", "Antecedentes", "Información de antecedentes"),
        *("Contexto", "Contexto general", "Información de contexto", "Información sobre el contexto", "Información básica"),
        *("Información de base", "Otra información"),
    ),
    "duty_station": ("Duty location", "Place of assignment", "Lieu d’assignation", "Lugar de asignación"),
    "duration": ("Duration", "Duration of assignment", "Durée", "Durée de l’assignation", "Duración"),
    "grade": ("Level", "Classe"),
    "department": (
        *("Department", "Field office", "Department or field office", "Department/Office"),
        *("Département", "Bureau extérieur", "Département/Bureau", "Departamento", "Oficina exterior", "Departamento/Oficina"),
    ),
    "unit": (
        *("Organizational unit", "Unit", "Unité organisationnelle", "Unité administrative", "Unité"),
        *("Unidad organizativa", "Unidad orgánica", "Unidad administrativa", "Unidad"),
    ),
    "supervisor_name": (
        *("Direct supervisor", "Direct supervision", "Directly supervised by", "Supervised by", "Supervisor"),
        *("Supervision directe par", "Supervision directe", "Superviseur direct", "Superviseur"),
        *("Superviseuse directe", "Superviseuse", "Supervisé par", "Responsable direct", "Responsable directe"),
        *("Supervisión directa por", "Supervisión directa", "Supervisor directo", "Supervisora directa", "Supervisora"),
    ),
    "supervisor_title": ("Title", "Titre", "Cargo"),
    "supervisor_email": ("E-mail", "Email", "Email address", "Courriel", "Correo electrónico"),
    "supervision_method": (
        *("Content and method of supervision", "Methodology of supervision", "Supervision methodology"),
        *("Content and methods of supervision", "Methods of supervision", "Supervision content and methodology"),
        *("Contenu et méthodologie de la supervision", "Méthodologie de la supervision", "Méthode de supervision"),
        *("Contenu et modalités de la supervision", "Modalités de la supervision"),
        *("Contenido y método de la supervisión", "Metodología de la supervisión", "Método de supervisión"),
        *("Contenido y modalidades de la supervisión", "Contenido y metodología de la supervisión"),
    ),
    "key_outputs": (
        *("Outputs", "Expected outputs", "Expected key outputs"),
        *("Produits attendus", "Résultats attendus", "Produits principaux", "Résultats principaux", "Principaux résultats"),
        *("Principaux produits attendus", "Principaux résultats attendus", "Livrables", "Livrables attendus"),
        *("Productos esperados", "Resultados esperados", "Productos principales", "Resultados principales"),
        *(
            "Principales productos",
            "Principales resultados",
            "Principales productos esperados",
            "Principales resultados esperados",
        ),
        *("Productos previstos", "Resultados previstos", "Produits prévus"),
    ),
    "education_minimum": (
        *("Formation", "Formation académique", "Formation universitaire", "Diplômes", "Études", "Éducation"),
        *("Educación", "Estudios", "Formación académica", "Formación universitaria", "Títulos", "Academic education"),
    ),
    "experience_minimum": (
        *("Experience", "Professional experience", "Relevant experience", "Relevant work experience"),
        *("Expérience", "Expérience de travail", "Expérience professionnelle"),
        *("Experiencia", "Experiencia laboral", "Experiencia de trabajo", "Experiencia profesional"),
    ),
    "skills_minimum": (
        *("Skills", "Skills required", "Required skills", "Skills required for the position"),
        *("Compétences requises pour l’affectation", "Compétences requises", "Aptitudes requises", "Aptitudes"),
        *("Compétences requises pour le poste", "Compétences nécessaires", "Savoir-faire requis"),
        *("Competencias requeridas", "Aptitudes requeridas", "Habilidades requeridas", "Competencias necesarias"),
        *("Competencias requeridas para la asignación", "Competencias requeridas para el puesto", "Aptitudes necesarias"),
        *("Habilidades requeridas para la asignación", "Habilidades", "Conocimientos y aptitudes requeridos"),
    ),
    "languages_minimum": (
        *("Language", "Language skills", "Language requirements", "Connaissances linguistiques", "Compétences linguistiques"),
        *("Lenguas", "Conocimientos lingüísticos", "Conocimientos de idiomas", "Competencias lingüísticas"),
    ),
    "competencies": (
        *("Competencies", "Competences", "ILO competences", "ILO core competencies", "Core competencies"),
        *("Compétences", "Compétences du BIT", "Compétences fondamentales", "Compétences essentielles"),
        *("Competencias", "Competencias básicas", "Competencias esenciales"),
    ),
    "training_components": (
        *("Training", "Training activities", "Composantes de formation", "Activités de formation", "Volets de formation"),
        *("Formación", "Elementos de formación", "Actividades de formación", "Componentes de capacitación", "Capacitación"),
    ),
    "learning_elements": (
        *("Learning", "Learning objectives", "Learning outcomes", "Objectifs d’apprentissage", "Apprentissage"),
        *("Composantes d’apprentissage", "Acquis d’apprentissage", "Résultats d’apprentissage"),
        *("Objetivos de aprendizaje", "Componentes de aprendizaje", "Resultados de aprendizaje", "Aprendizaje"),
    ),
    "programme_outline": (
        *(
            "Programme outline",
            "Project outline",
            "Programme/project outline",
            "Programme/project",
            "Outline of programme/project",
        ),
        *("General outline of the programme/project", "General outline of the programme", "General outline of the project"),
        *("Présentation du programme", "Présentation du projet", "Présentation générale du programme", "Aperçu du programme"),
        *("Présentation du programme/projet", "Présentation générale du programme/projet", "Description du programme"),
        *("Description du projet", "Présentation générale du projet", "Programme/projet"),
        *("Presentación del programa", "Presentación general del programa", "Descripción del programa", "Programa/proyecto"),
        *("Presentación del proyecto", "Descripción del proyecto", "Presentación general del programa/proyecto"),
    ),
    "planned_developments": (
        *("Outline of planned developments", "Future developments", "Developments planned"),
        *("Développements prévus", "Développements planifiés", "Développements envisagés", "Évolution prévue", "Perspectives"),
        *("Desarrollos previstos", "Desarrollos planificados", "Evolución prevista", "Perspectivas", "Novedades previstas"),
    ),
    "living_conditions": (
        *("Living arrangements", "Living arrangements/conditions", "Living conditions/arrangements"),
        *("Living conditions in the duty station", "Living conditions at the duty station", "Information on living conditions"),
        *("Conditions de vie et de logement", "Conditions de vie au lieu d’affectation", "Conditions de logement"),
        *("Conditions de vie sur place", "Informations sur les conditions de vie", "Vie sur place"),
        *(
            "Condiciones de vida y alojamiento",
            "Condiciones de vida en el lugar de destino",
            "Información sobre las condiciones de vida",
        ),
    ),
    "outcomes": (
        *("Programme and Budget outcome", "P&B outcomes", "P&B outcome", "ILO outcomes", "ILO outcome", "Outcomes"),
        *("Résultats de l’OIT", "Résultat du programme et budget", "Résultats stratégiques", "Résultats stratégiques de l’OIT"),
        *("Contribution au programme et budget", "Résultats du programme et budget de l’OIT"),
        *("Resultado del Programa y Presupuesto", "Resultados de la OIT", "Contribución al Programa y Presupuesto"),
        *("Link to the Programme and Budget", "Links to the Programme and Budget", "Contribution to the Programme and Budget"),
        *("Programme and Budget", "ILO Programme and Budget outcome", "Programme et budget", "Programa y Presupuesto"),
    ),
}
"""By the section or box they stand for; a group of boxes goes by its first box."""
PARTS = {
    "minimum": (
        *("Minimum requirements", "Minimum requirement", "Minimum required", "Essential", "Required"),
        *("Minimum requis", "Minimum exigé", "Exigé", "Exigences minimales", "Requis", "Essentiel", "Indispensable"),
        *("Mínimos", "Mínimo requerido", "Requisitos mínimos", "Requerido", "Exigido", "Esencial", "Imprescindible"),
    ),
    "desirable": (
        *("Desirable requirements", "Desirable requirement", "Desired", "Preferred", "Asset", "Assets"),
        *("Advantage", "Advantages", "Advantageous", "Preferable", "Considered an asset"),
        *(
            "Souhaitable",
            "Souhaité",
            "Souhaitées",
            "Souhaitables",
            "Atout",
            "Atouts",
            "Un atout",
            "Serait un atout",
            "Constituerait un atout",
        ),
        *("Préférable", "De préférence", "Apprécié"),
        *("Deseable", "Deseado", "Deseables", "Conveniente", "Convenientes", "Preferible", "Preferente", "Ventaja", "Ventajas"),
        *("Se valorará", "Se valorarán", "Requisitos deseables", "Se considerará una ventaja"),
    ),
}
"""The parts that several groups have, by the end of the box's name."""
MISPRINTS = {"responsabilities": "responsibilities"}
"""Misprints of the paper form itself: nobody's words."""
OTHERWISE = {
    "title": (
        "Proposition de poste pour Junior Professional Officers (JPO)",
        "Proposition de poste pour les jeunes experts associés (JPO)",
        "Proposition de vacance pour Junior Professional Officers (JPO)",
        "Proposition de poste pour Junior Professional Officers (JPO) Modèle de description de poste – Siège et terrain",
        "Propuesta de vacante para Junior Professional Officers (JPO)",
        "Propuesta de vacante para jóvenes profesionales (JPO)",
        "Propuesta de puesto para Junior Professional Officers (JPO)",
        "Propuesta de vacante para Junior Professional Officers (JPO) Modelo de descripción de puesto – Sede y terreno",
    ),
    "note": (),
    "diversity": (
        "L’OIT valorise la diversité. Nous encourageons les candidatures de femmes et d’hommes qualifiés, en particulier de "
        "personnes handicapées et de ressortissants d’États Membres non représentés ou sous-représentés. Si nécessaire, des "
        "aménagements raisonnables seront prévus pendant la phase de recrutement ainsi que durant l’affectation du JPO, afin "
        "de garantir l’égalité des chances.",
        "La OIT valora la diversidad. Alentamos las candidaturas de mujeres y hombres calificados, en particular de personas con "
        "discapacidad y de nacionales de Estados Miembros no representados o subrepresentados. En caso necesario, se realizarán "
        "ajustes razonables en la fase de contratación y durante la asignación del JPO a fin de garantizar la igualdad de "
        "oportunidades.",
    ),
    "smoking": (
        *("L’OIT est un environnement sans tabac.", "L’OIT est un environnement sans fumée.", "L’OIT est un espace non-fumeurs."),
        *(
            "L’OIT est un environnement non-fumeurs.",
            "L’OIT offre un environnement sans tabac.",
            "L’OIT est un espace sans tabac.",
        ),
        *("Le BIT est un espace non-fumeurs.", "Le BIT est un environnement sans tabac.", "L’OIT est un lieu sans tabac."),
        *("La OIT es un entorno libre de humo.", "La OIT es un entorno libre de tabaco.", "La OIT es un espacio libre de humo."),
        *("La OIT es un espacio sin humo.", "La OIT es un entorno sin humo.", "La OIT es un entorno libre de humo de tabaco."),
        *("La OIT ofrece un entorno libre de humo.", "La OIT es un lugar libre de humo."),
    ),
}
"""How others translated the form's fixed texts, which exist in English alone."""
FIXED = {"title": ("Junior Professional Officer",)}
"""What stands before the text of a box on papers in other languages, instead of the form's own fixed words."""
LEADS = {
    "key_outputs": (
        ("output", "deliverabl", "produit", "resultat", "livrabl", "producto", "resultado"),
        ("contribu", "deliver", "produc", "prepar", "realis", "livr", "fourni", "obten", "entreg", "elabor"),
    ),
}
"""What a lead to a box ends with, as stems, and what it says is done for it, as beginnings of words; both without accents."""
FILLERS = frozenset(
    "following below main key expected principal major suivants suivantes principaux principales attendus attendues"
    " prevus prevues siguientes principales esperados esperadas previstos previstas concretos concrets cles clave".split()
)
"""What stands around the noun in such a lead."""
