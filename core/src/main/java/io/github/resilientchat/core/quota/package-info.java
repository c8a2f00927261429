/** Limits, the ledgers that hold them, and the quotas of callers. */
@NullMarked
package io.github.resilientchat.core.quota;

import org.jspecify.annotations.NullMarked;
