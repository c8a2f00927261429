/** Spring AI's model of the default route, and the callers of its chat clients. */
@NullMarked
package io.github.resilientchat.autoconfigure.springai;

import org.jspecify.annotations.NullMarked;
