/**
 * What drivers share: the blocking driver and the hand-over to the client that runs the exchange.
 */
@NullMarked
package io.github.resilientchat.core.drive;

import org.jspecify.annotations.NullMarked;
