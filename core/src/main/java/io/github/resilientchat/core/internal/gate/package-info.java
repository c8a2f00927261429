/** Gates that let an attempt pass to a target, and the permits that must be given back once. */
@NullMarked
package io.github.resilientchat.core.internal.gate;

import org.jspecify.annotations.NullMarked;
