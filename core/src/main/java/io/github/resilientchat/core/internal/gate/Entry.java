package io.github.resilientchat.core.internal.gate;

/** A gate's answer. */
public sealed interface Entry permits Permit, Refusal {}
