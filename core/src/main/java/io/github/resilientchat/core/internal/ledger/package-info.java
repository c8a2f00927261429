/** What callers have used: windows, accounts, and claims on several accounts at once. */
@NullMarked
package io.github.resilientchat.core.internal.ledger;

import org.jspecify.annotations.NullMarked;
