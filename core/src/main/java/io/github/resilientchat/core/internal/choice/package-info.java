/** The choice of a target, and what is known of each. */
@NullMarked
package io.github.resilientchat.core.internal.choice;

import org.jspecify.annotations.NullMarked;
