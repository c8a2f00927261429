/** One call as a state machine, and the state of its route. */
@NullMarked
package io.github.resilientchat.core.internal.call;

import org.jspecify.annotations.NullMarked;
