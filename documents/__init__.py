"""What a proposal says, as plain values: the form, a document, its prose, its paper. No ORM, no request."""
