/** A Spring AI chat model over several models: fallback, balancing, quotas of callers. */
@NullMarked
package io.github.resilientchat.springai;

import org.jspecify.annotations.NullMarked;
