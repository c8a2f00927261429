/** What an operator changes while the application runs, and properties that are read again. */
@NullMarked
package io.github.resilientchat.autoconfigure.operation;

import org.jspecify.annotations.NullMarked;
