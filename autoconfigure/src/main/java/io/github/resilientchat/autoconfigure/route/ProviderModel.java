package io.github.resilientchat.autoconfigure.route;

/** Holds a model of another provider, which nobody then finds by its type. */
record ProviderModel(Object model) {}
