/** What whoever runs an engine sees of it and may change while it works. */
@NullMarked
package io.github.resilientchat.core.operation;

import org.jspecify.annotations.NullMarked;
