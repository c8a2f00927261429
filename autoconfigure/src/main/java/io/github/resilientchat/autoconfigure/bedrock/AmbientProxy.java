package io.github.resilientchat.autoconfigure.bedrock;

import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The proxy that the surroundings name for TLS, which the SDK's clients do not follow. */
final class AmbientProxy {

  private static final Logger LOG = LoggerFactory.getLogger(AmbientProxy.class);

  private AmbientProxy() {}

  /** Says that there is one, unless properties name one. */
  static void mentionUnless(boolean configured) {
    if (!configured) {
      named()
          .ifPresent(
              where ->
                  LOG.info(
                      "{} names a proxy, and calls to AWS do not go through it; set"
                          + " resilient.proxy.host and resilient.proxy.port if they should",
                      where));
    }
  }

  private static Optional<String> named() {
    Stream<String> variables =
        Stream.of("HTTPS_PROXY", "https_proxy").filter(name -> System.getenv(name) != null);
    Stream<String> properties =
        Stream.of("https.proxyHost").filter(name -> System.getProperty(name) != null);
    return Stream.concat(variables, properties).findFirst();
  }
}
