/**
 * The hot path under JMH: the engine and the decorators beside what an application would have
 * without them, all of them in one run.
 */
@NullMarked
package io.github.resilientchat.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
