package io.github.resilientchat.bedrock;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeBaseClientBuilder;

/**
 * Whether clients follow the endpoint that their surroundings name; says once that there is one.
 */
final class AmbientRule {

  private static final Logger LOG = LoggerFactory.getLogger(AmbientRule.class);

  private final boolean follow;
  private final AtomicBoolean warned = new AtomicBoolean();
  private volatile @Nullable Optional<AmbientEndpoint> found;

  AmbientRule(boolean follow) {
    this.follow = follow;
  }

  void passOver(BedrockRuntimeBaseClientBuilder<?, ?> builder) {
    if (!follow) {
      found().ifPresent(endpoint -> builder.endpointProvider(endpoint.passedOver()));
    }
  }

  void warnOnce() {
    found()
        .filter(endpoint -> warned.compareAndSet(false, true))
        .ifPresent(
            endpoint ->
                LOG.warn(
                    "{} names the endpoint {} for every AWS client of this process; prompts and"
                        + " signatures of all accounts and Regions {}"
                        + " (resilient.http.allow-ambient-endpoint={})",
                    endpoint.source(),
                    endpoint.endpoint().getHost(),
                    follow ? "go there" : "do not go there",
                    follow));
  }

  /** Looked for once: it is in the files of the AWS configuration, too. */
  private Optional<AmbientEndpoint> found() {
    Optional<AmbientEndpoint> known = found;
    if (known == null) {
      known = AmbientEndpoint.find();
      found = known;
    }
    return known;
  }
}
