package io.github.resilientchat.autoconfigure.route;

/**
 * Says, as a bean, that whoever makes it finds out where profiles may be served whose ids do not
 * tell; until then they are no objection to a residency.
 */
public record ProfilesKnownLater() {}
