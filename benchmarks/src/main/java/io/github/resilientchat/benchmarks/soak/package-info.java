/**
 * A soak: mixed faults, many streams, a small heap; decorated and undecorated models side by side.
 */
@NullMarked
package io.github.resilientchat.benchmarks.soak;

import org.jspecify.annotations.NullMarked;
