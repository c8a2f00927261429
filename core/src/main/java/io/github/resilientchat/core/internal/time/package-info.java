/** Durations as numbers and as words. */
@NullMarked
package io.github.resilientchat.core.internal.time;

import org.jspecify.annotations.NullMarked;
