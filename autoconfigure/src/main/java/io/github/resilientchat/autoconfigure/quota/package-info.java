/** What callers may use. */
@NullMarked
package io.github.resilientchat.autoconfigure.quota;

import org.jspecify.annotations.NullMarked;
