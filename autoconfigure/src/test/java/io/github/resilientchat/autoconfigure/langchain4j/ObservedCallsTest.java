package io.github.resilientchat.autoconfigure.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import io.github.resilientchat.autoconfigure.app.BothFrameworksApplication;
import io.github.resilientchat.autoconfigure.app.StreamedAnswer;
import io.github.resilientchat.autoconfigure.app.StreamingAssistant;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.langchain4j.ResilientChatModel;
import io.github.resilientchat.observation.AttemptObservationContext;
import io.github.resilientchat.observation.AttemptObservationConvention;
import io.github.resilientchat.observation.CallObservationContext;
import io.github.resilientchat.observation.CallObservationConvention;
import io.github.resilientchat.observation.CallerIds;
import io.github.resilientchat.observation.DefaultAttemptObservationConvention;
import io.github.resilientchat.observation.DefaultCallObservationConvention;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a trace of LangChain4j's calls says. */
class ObservedCallsTest {

  private final List<Observation.Context> ended = new CopyOnWriteArrayList<>();
  private final List<Observation.Context> attempts = new CopyOnWriteArrayList<>();
  private final Semaphore stops = new Semaphore(0);
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final ObservationRegistry registry = ObservationRegistry.create();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withUserConfiguration(BothFrameworksApplication.class)
          .withBean("ours", ObservationRegistry.class, () -> registry)
          .withPropertyValues("spring.main.cloud-platform=none");

  ObservedCallsTest() {
    registry
        .observationConfig()
        .observationHandler(
            new ObservationHandler<Observation.Context>() {
              @Override
              public boolean supportsContext(Observation.Context context) {
                return context instanceof CallObservationContext
                    || context instanceof AttemptObservationContext;
              }

              @Override
              public void onEvent(Observation.Event event, Observation.Context context) {
                events.add(event.getContextualName());
              }

              @Override
              public void onStop(Observation.Context context) {
                if (context instanceof AttemptObservationContext) {
                  attempts.add(context);
                } else {
                  ended.add(context);
                  stops.release();
                }
              }
            });
  }

  private static List<String> values(Iterable<KeyValue> keyValues) {
    List<String> values = new ArrayList<>();
    keyValues.forEach(each -> values.add(each.getKey() + "=" + each.getValue()));
    return values;
  }

  @Test
  void callIsObservedWithAnEventForEachAttempt() {
    runner.run(
        context -> {
          BedrockSimulator simulator = context.getBean(BedrockSimulator.class);
          simulator.fault(Fault.httpError(503, "ServiceUnavailableException", "quoting: hello"));

          assertThatThrownBy(() -> context.getBean(ChatModel.class).chat("hello"))
              .isInstanceOf(RoutingException.class);

          assertThat(ended).hasSize(1);
          assertThat(values(ended.get(0).getLowCardinalityKeyValues()))
              .contains("route=chat", "outcome=failed");
          assertThat(events).isNotEmpty().allMatch(event -> event.contains("ServiceUnavailable"));
          assertThat(attempts).hasSameSizeAs(events);
          assertThat(attempts)
              .allSatisfy(
                  attempt ->
                      assertThat(values(attempt.getLowCardinalityKeyValues()))
                          .contains("outcome=failed"));
          assertThat(attempts)
              .extracting(Observation.Context::getError)
              .allSatisfy(error -> assertThat(error).hasMessageNotContaining("quoting"));
          assertThat(ended.get(0).getError()).hasNoCause().hasMessageNotContaining("quoting");
          assertThat(registry.getCurrentObservation()).isNull();
        });
  }

  @Test
  void answerSaysItsTargetAndLeavesTheThreadAsItWas() {
    runner.run(
        context -> {
          context.getBean(ChatModel.class).chat("hello");

          assertThat(values(ended.get(0).getLowCardinalityKeyValues()))
              .contains("outcome=answered");
          assertThat(values(ended.get(0).getHighCardinalityKeyValues()))
              .anyMatch(value -> value.startsWith("resilient.target="));
          assertThat(events).hasSize(1);
          assertThat(registry.getCurrentObservation()).isNull();
          assertThat(attempts).hasSize(1);
          assertThat(attempts.get(0).getParentObservation().getContextView())
              .isSameAs(ended.get(0));
          assertThat(values(attempts.get(0).getLowCardinalityKeyValues()))
              .contains("route=chat", "outcome=answered")
              .anyMatch(value -> value.startsWith("target="));
        });
  }

  @Test
  void callerIsInTracesAsAHashAloneForBothFrameworks() {
    String secret = "a-secret-of-the-tests";
    String id = CallerIds.keyed(secret).of(Caller.of("alice@example.com", "acme"));
    runner
        .withPropertyValues("resilient.observability.hash-key=" + secret)
        .run(
            context -> {
              Caller alice = Caller.of("alice@example.com", "acme");
              context.getBean(ResilientChatModel.class).forCaller(alice).chat("hello");
              context
                  .getBean(io.github.resilientchat.springai.ResilientChatModel.class)
                  .forCaller(alice)
                  .call("hello");

              assertThat(ended).hasSize(2);
              assertThat(ended)
                  .allSatisfy(
                      call -> {
                        assertThat(values(call.getHighCardinalityKeyValues()))
                            .contains("resilient.caller=" + id);
                        assertThat(values(call.getLowCardinalityKeyValues()))
                            .noneMatch(value -> value.contains(id));
                        assertThat(values(call.getAllKeyValues()))
                            .noneMatch(value -> value.contains("alice") || value.contains("acme"));
                      });
            });
  }

  /** What an application calls things, wherever it asks. */
  private static final class OwnNames extends DefaultCallObservationConvention {

    @Override
    public String getName() {
      return "resilient.ours";
    }

    @Override
    public KeyValues getLowCardinalityKeyValues(CallObservationContext context) {
      return super.getLowCardinalityKeyValues(context).and("team", "orders");
    }
  }

  @Test
  void conventionsOfTheApplicationReplaceOursForBothFrameworks() {
    runner
        .withBean(CallObservationConvention.class, OwnNames::new)
        .withBean(
            AttemptObservationConvention.class,
            () ->
                new DefaultAttemptObservationConvention() {
                  @Override
                  public String getContextualName(AttemptObservationContext context) {
                    return "ask " + context.target();
                  }
                })
        .run(
            context -> {
              context.getBean(ChatModel.class).chat("hello");
              context
                  .getBean(io.github.resilientchat.springai.ResilientChatModel.class)
                  .call("hello");

              assertThat(ended)
                  .extracting(Observation.Context::getName)
                  .containsExactly("resilient.ours", "resilient.ours");
              assertThat(ended)
                  .allSatisfy(
                      call ->
                          assertThat(values(call.getLowCardinalityKeyValues()))
                              .contains("team=orders", "route=chat", "outcome=answered"));
              assertThat(attempts)
                  .hasSize(2)
                  .extracting(Observation.Context::getContextualName)
                  .allMatch(name -> name.startsWith("ask "));
            });
  }

  @Test
  void conventionThatThrowsCostsNobodyAnAnswer() {
    CallObservationConvention broken =
        new DefaultCallObservationConvention() {
          @Override
          public KeyValues getHighCardinalityKeyValues(CallObservationContext context) {
            throw new IllegalStateException("broken");
          }
        };
    runner
        .withBean(CallObservationConvention.class, () -> broken)
        .run(
            context -> {
              assertThat(context.getBean(ChatModel.class).chat("hello")).isNotBlank();
              assertThat(
                      context
                          .getBean(io.github.resilientchat.springai.ResilientChatModel.class)
                          .call("hello"))
                  .isNotBlank();
              assertThat(registry.getCurrentObservation()).isNull();
            });
  }

  @Test
  void keyThatNamesCouldBeFoundByIsRefusedAndNotShown() {
    runner
        .withPropertyValues("resilient.observability.hash-key=short-secret")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("resilient.observability.hash-key")
                    .hasMessageNotContaining("short-secret"));
  }

  @Test
  void streamIsObservedUnderTheOneThatItsCallerWasIn() {
    runner.run(
        context -> {
          StreamedAnswer answer;
          Observation caller = Observation.start("request", registry);
          try (Observation.Scope ignored = caller.openScope()) {
            answer = StreamedAnswer.of(context.getBean(StreamingAssistant.class).chat("hello"));
            assertThat(registry.getCurrentObservation()).isSameAs(caller);
          }
          answer.text();
          assertThat(stops.tryAcquire(60, TimeUnit.SECONDS)).isTrue();

          assertThat(ended).hasSize(1);
          assertThat(ended.get(0).getParentObservation()).isSameAs(caller);
          assertThat(attempts).hasSize(1);
          assertThat(attempts.get(0).getParentObservation().getContextView())
              .isSameAs(ended.get(0));
          assertThat(values(attempts.get(0).getLowCardinalityKeyValues()))
              .contains("outcome=answered");
          assertThat(values(ended.get(0).getLowCardinalityKeyValues()))
              .contains("outcome=answered");
        });
  }
}
