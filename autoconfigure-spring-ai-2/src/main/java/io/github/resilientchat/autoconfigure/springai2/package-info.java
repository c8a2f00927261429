/** The callers of Spring AI 2's chat clients. */
@NullMarked
package io.github.resilientchat.autoconfigure.springai2;

import org.jspecify.annotations.NullMarked;
