package io.github.resilientchat.autoconfigure.route;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A second target that a stream asks while the first sends nothing.
 *
 * @param after How long a stream waits for its first token before a second target is asked too;
 *     never when not set.
 * @param maxPercent Streams that ask a second target in percent of the route's calls, at most 5.
 */
record HedgeProperties(@Nullable Duration after, @Nullable Integer maxPercent) {

  static final HedgeProperties UNSET = new HedgeProperties(null, null);
}
