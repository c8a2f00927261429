package io.github.resilientchat.autoconfigure.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilientchat.autoconfigure.CannedModel;
import io.github.resilientchat.autoconfigure.Startup;
import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.Ticker;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Failure;
import io.github.resilientchat.core.failure.FailureClassifier;
import io.github.resilientchat.core.failure.FailureKind;
import io.github.resilientchat.core.operation.Part;
import io.github.resilientchat.core.report.UnknownRouteException;
import io.github.resilientchat.springai.ResilientChatModel;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

/** What is measured of calls and targets, and that it stays as small as the configuration. */
class MetersTest {

  private static final FailureClassifier THROTTLED =
      error -> Optional.of(Failure.of(FailureKind.THROTTLED, "ThrottlingException"));

  /** What a limit has used comes back with time. */
  private static final Ticker STANDING = () -> 1_000_000_000;

  private final ApplicationContextRunner runner =
      Startup.runner()
          .withConfiguration(AutoConfigurations.of(ResilientMetricsAutoConfiguration.class))
          .withBean(FailureClassifier.class, () -> THROTTLED)
          .withBean(Ticker.class, () -> STANDING)
          .withPropertyValues(
              "resilient.backend=aws",
              "resilient.accounts.main.profile=nowhere",
              "resilient.defaults.account=main",
              "resilient.defaults.region=us-east-1",
              "resilient.models.priced.id=a.priced",
              "resilient.models.priced.input-price=3",
              "resilient.models.priced.output-price=15",
              "resilient.routes.chat.targets=priced(100rpm), a.west@us-west-2",
              "resilient.routes.chat.strategy=ordered",
              "resilient.routes.batch.targets=a.batch");

  private void run(BiConsumer<ApplicationContext, MeterRegistry> test, String... properties) {
    runner
        .withPropertyValues(properties)
        .run(
            context -> {
              MeterRegistry registry = new SimpleMeterRegistry();
              context.getBeanProvider(MeterBinder.class).forEach(each -> each.bindTo(registry));
              test.accept(context, registry);
            });
  }

  private static Router router(ApplicationContext context) {
    return context
        .getBean(Engine.class)
        .router(context.getBean(ConfiguredRoutes.class).route("chat"));
  }

  private static Attempt ask(Router router) {
    return (Attempt) router.begin(ModelCall.blocking(Caller.ANONYMOUS, new TokenEstimate(10, 10)));
  }

  @Test
  void callsAttemptsAndMovesAreCounted() {
    run(
        (context, registry) -> {
          Attempt second = (Attempt) ask(router(context)).failed(new IllegalStateException("x"));
          second.completed(Usage.of(10, 20));

          assertThat(registry.get("resilient.requests").tag("route", "chat").timer().getId())
              .satisfies(id -> assertThat(id.getTag("outcome")).isEqualTo("success"))
              .satisfies(id -> assertThat(id.getTag("streaming")).isEqualTo("false"));
          assertThat(
                  registry
                      .get("resilient.attempts")
                      .tag("attempt", "first")
                      .tag("error.type", "throttled")
                      .timer()
                      .count())
              .isEqualTo(1);
          assertThat(
                  registry
                      .get("resilient.attempts")
                      .tag("attempt", "fallback")
                      .tag("outcome", "success")
                      .timer()
                      .count())
              .isEqualTo(1);
          assertThat(registry.get("resilient.fallbacks").tag("reason", "throttled").counter())
              .satisfies(moves -> assertThat(moves.count()).isEqualTo(1));
          assertThat(registry.get("resilient.attempts.per.request").summary().max()).isEqualTo(2);
        });
  }

  @Test
  void tokensAndWhatTheyCostAreCountedOnce() {
    run(
        (context, registry) -> {
          ask(router(context)).completed(new Usage(1_000_000, 100_000, 500, 60));

          assertThat(
                  registry
                      .get("resilient.tokens")
                      .tag("gen_ai.token.type", "input")
                      .counter()
                      .count())
              .isEqualTo(1_000_000);
          assertThat(
                  registry
                      .get("resilient.tokens")
                      .tag("gen_ai.token.type", "cache_read")
                      .counter()
                      .count())
              .isEqualTo(500);
          assertThat(registry.get("resilient.cost").counter().count())
              .isCloseTo(4.501725, within(1e-9));
          assertThat(registry.find("resilient.requests").timers()).hasSize(1);
          assertThat(registry.getMeters())
              .noneMatch(meter -> meter.getId().getName().startsWith("gen_ai"));
        });
  }

  @Test
  void latestNamesCountCachedTokensAsInput() {
    run(
        (context, registry) -> {
          ask(router(context)).completed(new Usage(100, 20, 500, 60));

          assertThat(registry.get("gen_ai.client.inference.usage.input_tokens").counter().count())
              .isEqualTo(660);
          assertThat(
                  registry
                      .get("gen_ai.client.inference.duration")
                      .tag("gen_ai.provider.name", "aws.bedrock")
                      .tag("gen_ai.request.model", "a.priced")
                      .timer()
                      .count())
              .isEqualTo(1);
        },
        "resilient.observability.gen-ai=latest");
  }

  @Test
  void waitForTheFirstAttemptIsMeasuredOncePerCall() {
    run(
        (context, registry) -> {
          ask(router(context)).completed(null);
          ((Attempt) ask(router(context)).failed(new IllegalStateException("x"))).completed(null);

          assertThat(registry.get("resilient.queue.wait").tag("route", "chat").timer().count())
              .isEqualTo(2);
        });
  }

  @Test
  void gaugesSayHowTargetsAre() {
    run(
        (context, registry) -> {
          assertThat(available(registry)).isNaN();
          Router router = router(context);
          Attempt underWay = ask(router);
          StatusView fresh = new StatusView(context.getBean(Engine.class).operations());
          assertThat(fresh.routes()).hasSize(1);

          context.getBean(Engine.class).operations().drain(Part.region("us-east-1"));

          MeterRegistry later = new SimpleMeterRegistry();
          new TargetMeters(
                  context.getBean(Engine.class).operations(),
                  () -> context.getBean(ConfiguredRoutes.class).all())
              .bindTo(later);
          String target = underWay.target().name();
          assertThat(available(later)).isZero();
          assertThat(later.get("resilient.inflight").tag("target", target).gauge().value())
              .isEqualTo(1);
          assertThat(later.get("resilient.limit.used.ratio").tag("limit", "100rpm").gauge().value())
              .isCloseTo(0.01, within(1e-9));
          assertThat(registry.find("resilience4j.circuitbreaker.state").gauges()).isNotEmpty();
        });
  }

  @Test
  void breakersOfTargetsAreInOneStateEach() {
    run(
        (context, registry) -> {
          Router router = router(context);
          ask(router).completed(null);
          CircuitBreakerRegistry breakers = context.getBean(CircuitBreakerRegistry.class);
          assertThat(states(context)).containsOnly("closed");

          breakers.getAllCircuitBreakers().forEach(CircuitBreaker::transitionToOpenState);

          assertThat(states(context)).containsOnly("open");
        });
  }

  /** Of the gauges that are 1, of the route over which there is a model. */
  private static List<String> states(ApplicationContext context) {
    MeterRegistry fresh = new SimpleMeterRegistry();
    new TargetMeters(
            context.getBean(Engine.class).operations(),
            () -> context.getBean(ConfiguredRoutes.class).all())
        .bindTo(fresh);
    List<String> states =
        fresh.get("resilient.breaker.state").tag("route", "chat").gauges().stream()
            .filter(gauge -> gauge.value() == 1)
            .map(gauge -> String.valueOf(gauge.getId().getTag("state")))
            .toList();
    assertThat(states).as("one for each target").hasSize(2);
    return states;
  }

  private static double available(MeterRegistry registry) {
    return registry.get("resilient.target.available").tag("route", "chat").gauges().stream()
        .filter(gauge -> !gauge.getId().getTag("target").contains("west"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void seriesGrowNeitherWithCallersNorWithUnknownRoutes() {
    run(
        (context, registry) -> {
          Engine engine = context.getBean(Engine.class);
          ResilientChatModel springAi = springAi(context, engine);
          io.github.resilientchat.langchain4j.ResilientChatModel langChain4j =
              langChain4j(context, engine);
          drive(springAi, langChain4j, 0, 200);
          long series = registry.getMeters().size();

          drive(springAi, langChain4j, 200, 10_000);

          assertThat(registry.getMeters()).hasSize((int) series);
          assertThat(registry.getMeters())
              .extracting(Meter::getId)
              .noneMatch(
                  id -> id.toString().contains("user-") || id.toString().contains("made-up"));
          assertThat(registry.get("resilient.requests").tag("route", "chat").timer().count())
              .isEqualTo(20_000);
        });
  }

  private static ResilientChatModel springAi(ApplicationContext context, Engine engine) {
    ResilientChatModel.Builder model = ResilientChatModel.builder().engine(engine);
    context
        .getBean(ConfiguredRoutes.class)
        .all()
        .forEach(route -> model.route(route, target -> new CannedModel()));
    return model.defaultRoute("chat").build();
  }

  private static io.github.resilientchat.langchain4j.ResilientChatModel langChain4j(
      ApplicationContext context, Engine engine) {
    dev.langchain4j.model.chat.ChatModel instant =
        new dev.langchain4j.model.chat.ChatModel() {
          @Override
          public ChatResponse doChat(ChatRequest request) {
            return ChatResponse.builder().aiMessage(AiMessage.from("hi")).build();
          }
        };
    var model = io.github.resilientchat.langchain4j.ResilientChatModel.builder().engine(engine);
    context
        .getBean(ConfiguredRoutes.class)
        .all()
        .forEach(route -> model.route(route, target -> instant));
    return model.defaultRoute("chat").build();
  }

  private static void drive(
      ResilientChatModel springAi,
      io.github.resilientchat.langchain4j.ResilientChatModel langChain4j,
      int from,
      int to) {
    for (int user = from; user < to; user++) {
      Caller caller = Caller.user("user-" + user);
      springAi.forCaller(caller).call(new Prompt("hello"));
      langChain4j.forCaller(caller).chat("hello");
      String unknown = "made-up-" + user;
      assertThatThrownBy(
              () ->
                  springAi.call(new Prompt("hello", ChatOptions.builder().model(unknown).build())))
          .isInstanceOf(UnknownRouteException.class);
      assertThatThrownBy(
              () ->
                  langChain4j.chat(
                      ChatRequest.builder()
                          .messages(UserMessage.from("hello"))
                          .modelName(unknown)
                          .build()))
          .isInstanceOf(UnknownRouteException.class);
    }
  }
}
