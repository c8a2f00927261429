/**
 * What is measured of calls, attempts and targets, the same for both frameworks. Every tag has as
 * many values as the configuration names and this library defines, and no more.
 */
@NullMarked
package io.github.resilientchat.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
