/** Two accounts by assumed roles, under load on both frameworks and judged. */
@NullMarked
package io.github.resilientchat.samples.accounts;

import org.jspecify.annotations.NullMarked;
