package io.github.resilientchat.springai;

import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RoutingException;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.springframework.ai.chat.model.ChatResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.util.context.ContextView;

/**
 * One observation per call, {@value #NAME}, the parent of those that the models make for each
 * attempt. It is not a {@code gen_ai.client.operation}: tokens would be counted twice.
 */
record CallObservation(ObservationRegistry registry) {

  static final String NAME = "resilient.chat";
  private static final String ROUTE = "route";
  private static final String OUTCOME = "outcome";

  ChatResponse observe(String route, Supplier<ChatResponse> call) {
    Observation observation = observation(route);
    return observation.observe(
        () -> {
          try {
            ChatResponse answer = call.get();
            outcome(observation, CallReport.Ending.ANSWERED);
            return answer;
          } catch (Throwable e) {
            outcome(observation, ending(e));
            throw e;
          }
        });
  }

  Flux<ChatResponse> observe(String route, Flux<ChatResponse> call) {
    if (registry.isNoop()) {
      return call;
    }
    return Flux.deferContextual(
        context -> {
          Observation observation = started(route, context);
          return call.doOnComplete(() -> outcome(observation, CallReport.Ending.ANSWERED))
              .doOnError(
                  error -> {
                    outcome(observation, ending(error));
                    observation.error(error);
                  })
              .doFinally(
                  signal -> {
                    if (signal == SignalType.CANCEL) {
                      outcome(observation, CallReport.Ending.CANCELLED);
                    }
                    observation.stop();
                  })
              .contextWrite(inner -> inner.put(ObservationThreadLocalAccessor.KEY, observation));
        });
  }

  private Observation started(String route, ContextView context) {
    Observation observation = observation(route);
    context
        .<Observation>getOrEmpty(ObservationThreadLocalAccessor.KEY)
        .ifPresent(observation::parentObservation);
    return observation.start();
  }

  private Observation observation(String route) {
    return Observation.createNotStarted(NAME, registry)
        .contextualName("chat " + route)
        .lowCardinalityKeyValue(ROUTE, route);
  }

  private static void outcome(Observation observation, CallReport.Ending ending) {
    observation.lowCardinalityKeyValue(OUTCOME, ending.name().toLowerCase(Locale.ROOT));
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
