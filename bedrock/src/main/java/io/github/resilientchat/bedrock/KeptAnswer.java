package io.github.resilientchat.bedrock;

import io.github.resilientchat.core.adapter.Exchange;
import java.util.Optional;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/**
 * A whole answer with a stop reason that not every framework knows, as one that all do. Waits in
 * its exchange for the framework to ask once more.
 */
record KeptAnswer(ConverseRequest request, ConverseResponse response) {

  static Optional<ConverseResponse> in(Exchange exchange, ConverseRequest request) {
    return exchange
        .kept()
        .filter(KeptAnswer.class::isInstance)
        .map(KeptAnswer.class::cast)
        .filter(kept -> kept.request.equalsBySdkFields(request))
        .map(KeptAnswer::response);
  }

  /** Keeps it if somebody may fail to read it. */
  static void keep(Exchange exchange, ConverseRequest request, ConverseResponse response) {
    if (!StopReasons.isCommon(response.stopReasonAsString())) {
      exchange.keep(new KeptAnswer(request, StopReasons.common(response)));
    }
  }
}
