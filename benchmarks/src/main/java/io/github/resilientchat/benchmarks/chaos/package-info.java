/**
 * A chaos matrix: every way a place can misbehave, under both frameworks, blocking and streaming,
 * with one target and with three, beside the plain model on the same fault.
 */
@NullMarked
package io.github.resilientchat.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
