/** Strategies that order the targets of a tier. */
@NullMarked
package io.github.resilientchat.core.strategy;

import org.jspecify.annotations.NullMarked;
