/** The one engine of an application, and what it takes up of the application's beans. */
@NullMarked
package io.github.resilientchat.autoconfigure.engine;

import org.jspecify.annotations.NullMarked;
