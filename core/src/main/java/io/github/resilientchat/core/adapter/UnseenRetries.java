package io.github.resilientchat.core.adapter;

import io.github.resilientchat.core.internal.foreign.Foreign;
import io.github.resilientchat.core.route.Target;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of a model whose client knows nothing of exchanges that its own retries, if it makes any,
 * stack below the route: one 503 then costs many calls and seconds before the route hears of it.
 */
final class UnseenRetries {

  private static final Logger LOG = LoggerFactory.getLogger("io.github.resilientchat.core.Router");
  private static final int MOST_TARGETS = 1_000;
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private UnseenRetries() {}

  /** Once for each target, when its first attempt fails. */
  static void mention(Target target, Exchange exchange) {
    if (!exchange.isJoined() && TOLD.size() < MOST_TARGETS && TOLD.add(target.name())) {
      Foreign.run(
          "a logger",
          () ->
              LOG.warn(
                  "target {} failed, and its client does not say whether it tried again by itself:"
                      + " turn off the retries of its model and of its SDK, or build it over"
                      + " BedrockClients (docs/without-spring.md)",
                  target.name()));
    }
  }
}
