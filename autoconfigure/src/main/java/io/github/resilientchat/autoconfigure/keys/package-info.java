/** Finds wrong keys and values before anything is built of them, and says what to write instead. */
@NullMarked
package io.github.resilientchat.autoconfigure.keys;

import org.jspecify.annotations.NullMarked;
