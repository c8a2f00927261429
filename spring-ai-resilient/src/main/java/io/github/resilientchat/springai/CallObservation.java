package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RoutingException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

/**
 * One observation per call, {@value #NAME}, the parent of those that the models make for each
 * attempt. It is not a {@code gen_ai.client.operation}: tokens would be counted twice.
 */
record CallObservation(ObservationRegistry registry) {

  static final String NAME = "resilient.chat";
  private static final String ROUTE = "route";

  /** Whether nobody observes. */
  boolean isNoop() {
    return registry.isNoop();
  }

  ChatResponse observe(String route, Supplier<ChatResponse> call) {
    WatchedCall watched = WatchedCall.started(observation(route), registry);
    try {
      ChatResponse answer = watched.around(call);
      watched.served(answer);
      watched.ended(CallReport.Ending.ANSWERED);
      return answer;
    } catch (Throwable e) {
      watched.failed(ending(e), e);
      throw e;
    }
  }

  /**
   * Ends the observation before the subscriber hears the end: whoever waits for it finds it over.
   */
  Flux<ChatResponse> observe(String route, Flux<ChatResponse> call) {
    if (isNoop()) {
      return call;
    }
    return Flux.deferContextual(
        context -> {
          WatchedCall watched = started(route, context);
          return call.doOnNext(watched::served)
              .doOnComplete(() -> watched.ended(CallReport.Ending.ANSWERED))
              .doOnError(error -> watched.failed(ending(error), error))
              .doOnCancel(() -> watched.ended(CallReport.Ending.CANCELLED))
              .contextWrite(
                  inner -> inner.put(ObservationThreadLocalAccessor.KEY, watched.observation()));
        });
  }

  private WatchedCall started(String route, ContextView context) {
    Observation observation = observation(route);
    context
        .<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
        .ifPresent(observation::parentObservation);
    return WatchedCall.started(observation, registry);
  }

  private Observation observation(String route) {
    return Observation.createNotStarted(NAME, registry)
        .contextualName("chat " + route)
        .lowCardinalityKeyValue(ROUTE, route);
  }

  private static CallReport.Ending ending(Throwable error) {
    if (error instanceof RoutingException routing) {
      return routing.report().ending();
    }
    return error instanceof CancellationException
        ? CallReport.Ending.CANCELLED
        : CallReport.Ending.FAILED;
  }
}
