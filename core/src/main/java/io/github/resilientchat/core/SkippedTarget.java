package io.github.resilientchat.core;

import io.github.resilientchat.core.gate.Refusal;

/** A target that a call passed over without trying it, and why. */
public record SkippedTarget(Target target, Refusal refusal) {}
