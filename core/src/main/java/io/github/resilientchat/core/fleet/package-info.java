/** What instances of an application tell each other about their targets. */
@NullMarked
package io.github.resilientchat.core.fleet;

import org.jspecify.annotations.NullMarked;
