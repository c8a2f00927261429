/** The engine, which an application builds once for all its routes. */
@NullMarked
package io.github.resilientchat.core.engine;

import org.jspecify.annotations.NullMarked;
