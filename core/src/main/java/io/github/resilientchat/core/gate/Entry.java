package io.github.resilientchat.core.gate;

/** A gate's answer. */
public sealed interface Entry permits Permit, Refusal {}
