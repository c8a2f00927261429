/** Calls of code that is not ours. */
@NullMarked
package io.github.resilientchat.core.internal.foreign;

import org.jspecify.annotations.NullMarked;
