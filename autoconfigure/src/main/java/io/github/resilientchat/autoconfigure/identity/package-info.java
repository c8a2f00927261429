/** Whom calls are made for: the application's word, Spring Security's, and a proxy's header. */
@NullMarked
package io.github.resilientchat.autoconfigure.identity;

import org.jspecify.annotations.NullMarked;
