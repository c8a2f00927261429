/**
 * A deterministic simulation: the real engine and its peers on a virtual clock, against servers
 * that keep quotas and break as scenarios say.
 */
@NullMarked
package io.github.resilientchat.benchmarks.simulation;

import org.jspecify.annotations.NullMarked;
