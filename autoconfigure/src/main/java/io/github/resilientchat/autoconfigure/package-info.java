/** One property tree, read once at start-up, and the small auto-configurations that it feeds. */
@NullMarked
package io.github.resilientchat.autoconfigure;

import org.jspecify.annotations.NullMarked;
