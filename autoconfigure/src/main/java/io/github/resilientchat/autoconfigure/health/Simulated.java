package io.github.resilientchat.autoconfigure.health;

/** Says, as a bean, that a simulator answers. */
public record Simulated() {}
