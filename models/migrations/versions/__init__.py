"""One module a step of the schema, in order; each is what the schema was then and is never edited afterwards."""
