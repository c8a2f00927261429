package io.github.resilientchat.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.bedrock.BedrockChatModel;
import io.github.resilientchat.bedrock.BedrockAccount;
import io.github.resilientchat.bedrock.BedrockClients;
import io.github.resilientchat.bedrock.BedrockTargets;
import io.github.resilientchat.core.engine.Engine;
import io.github.resilientchat.core.failure.Consequence;
import io.github.resilientchat.core.failure.FailureDomain;
import io.github.resilientchat.core.report.AttemptReport;
import io.github.resilientchat.core.report.CallReport;
import io.github.resilientchat.core.report.RouteListener;
import io.github.resilientchat.core.route.RetryPolicy;
import io.github.resilientchat.core.route.Route;
import io.github.resilientchat.core.route.RoutePolicy;
import io.github.resilientchat.core.route.RoutingStrategy;
import io.github.resilientchat.core.route.Target;
import io.github.resilientchat.simulator.BedrockSimulator;
import io.github.resilientchat.simulator.Fault;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.bedrock.converse.BedrockChatOptions;
import org.springframework.ai.bedrock.converse.BedrockProxyChatModel;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingManager;

/**
 * What a router did with each error of Bedrock, provoked through both frameworks' own models: the
 * table of {@code docs/bedrock.md}.
 */
class BedrockPageTest {

  private static final Path PAGE = Path.of("..", "docs", "bedrock.md");
  private static final String BEGIN = "<!-- errors: printed by the build -->\n";
  private static final String END = "<!-- end of errors -->";
  private static final String NOVA = "amazon.nova-pro-v1:0";

  /** An answer of the service in place of a completion. */
  private record Answered(int status, String code, String message) {}

  private static final List<Answered> ERRORS =
      List.of(
          new Answered(
              429, "ThrottlingException", "Too many requests, please wait before trying again."),
          new Answered(
              429, "ThrottlingException", "Too many tokens, please wait before trying again."),
          new Answered(
              429,
              "ThrottlingException",
              "Too many tokens per day, please wait before trying again."),
          new Answered(
              429, "ModelNotReadyException", "The model is not ready for inference requests."),
          new Answered(400, "ServiceQuotaExceededException", "Your account has reached its quota."),
          new Answered(
              503, "ServiceUnavailableException", "Bedrock is unable to process your request."),
          new Answered(529, "overloaded_error", "Overloaded"),
          new Answered(
              500,
              "InternalServerException",
              "The system encountered an unexpected error during processing. Try your request again."),
          new Answered(408, "ModelTimeoutException", "The model took too long."),
          new Answered(424, "ModelErrorException", "The model failed."),
          new Answered(400, "ValidationException", "Input is too long for requested model."),
          new Answered(400, "ValidationException", "The provided model identifier is invalid."),
          new Answered(
              400,
              "ValidationException",
              "Invocation of model ID x with on-demand throughput isn\u2019t supported."),
          new Answered(400, "ValidationException", "This model doesn't support tool use."),
          new Answered(
              400, "ValidationException", "messages: text content blocks must be non-empty"),
          new Answered(
              403,
              "AccessDeniedException",
              "User: x is not authorized to perform: bedrock:InvokeModel on resource: arn:aws:bedrock:us-east-1::foundation-model/m with an explicit deny in a service control policy"),
          new Answered(
              403,
              "AccessDeniedException",
              "You don't have access to the model with the specified model ID."),
          new Answered(
              403,
              "AccessDeniedException",
              "You invoked an unsupported model or your request did not allow prompt caching."),
          new Answered(
              403,
              "ExpiredTokenException",
              "The security token included in the request is expired"),
          new Answered(
              403,
              "UnrecognizedClientException",
              "The security token included in the request is invalid."),
          new Answered(404, "ResourceNotFoundException", "The model is not found."));

  private final BedrockSimulator bedrock = BedrockSimulator.start();
  private final BedrockClients clients = BedrockClients.create();
  private final Map<Target, BedrockTargets.Place> places = new LinkedHashMap<>();
  private final List<CallReport> reports = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    clients.close();
    bedrock.close();
  }

  @Test
  void pageSaysWhatFollowsFromEachErrorThroughBothFrameworks() throws IOException {
    place("us-east-1", "prod");
    place("us-west-2", "prod");
    place("us-east-1", "burst");
    List<String> rows = new ArrayList<>();
    for (Answered error : ERRORS) {
      bedrock.fault(
          Fault.httpError(error.status(), error.code(), error.message())
              .account("prod")
              .region("us-east-1"));
      String viaLangChain4j = row(error, this::askLangChain4j);
      String viaSpringAi = row(error, this::askSpringAi);
      bedrock.clearFaults();
      assertThat(viaSpringAi).isEqualTo(viaLangChain4j);
      rows.add(viaLangChain4j);
    }
    String table =
        "| Bedrock answers | with the words | kind | the call went on | what rests | answered by |\n"
            + "|---|---|---|---|---|---|\n"
            + String.join("", rows);
    String page = Files.readString(PAGE);
    String wanted =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + table
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("bedrock.update")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(page).as("docs/bedrock.md; -Dbedrock.update=true writes it anew").isEqualTo(wanted);
  }

  private void place(String region, String account) {
    BedrockAccount in =
        BedrockAccount.staticKeys(
                account, BedrockSimulator.accessKey(account), BedrockSimulator.secretKey(), null)
            .withEndpoint(bedrock.endpoint());
    BedrockTargets.Place place = BedrockTargets.of(clients, in).in(region, NOVA);
    places.put(place.target(), place);
  }

  private Route route() {
    return Route.named("chat")
        .strategy(RoutingStrategy.ordered())
        .policy(
            RoutePolicy.DEFAULTS.withRetry(
                new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), 20)))
        .tier(List.copyOf(places.keySet()))
        .build();
  }

  private Engine engine() {
    return Engine.builder()
        .listener(
            new RouteListener() {
              @Override
              public void onCall(CallReport report) {
                reports.add(report);
              }
            })
        .build();
  }

  private void askLangChain4j(Engine engine) {
    io.github.resilientchat.langchain4j.ResilientChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                BedrockChatModel.builder()
                    .client(at(target).client())
                    .modelId(at(target).modelId())
                    .maxRetries(0)
                    .build())
        .defaultRoute("chat")
        .build()
        .chat("hello");
  }

  private void askSpringAi(Engine engine) {
    io.github.resilientchat.springai.ResilientChatModel.builder()
        .engine(engine)
        .route(
            route(),
            target ->
                new BedrockProxyChatModel(
                    at(target).client(),
                    at(target).asyncClient(),
                    BedrockChatOptions.builder().model(at(target).modelId()).build(),
                    ObservationRegistry.NOOP,
                    ToolCallingManager.builder().build()))
        .defaultRoute("chat")
        .build()
        .call(new Prompt("hello"));
  }

  private BedrockTargets.Place at(Target target) {
    return Objects.requireNonNull(places.get(target));
  }

  private String row(Answered error, Consumer<Engine> ask) {
    reports.clear();
    try {
      ask.accept(engine());
    } catch (RuntimeException toTheCaller) {
      // Some errors are the caller's.
    }
    CallReport report = reports.get(0);
    AttemptReport last =
        report.attempts().stream()
            .filter(attempt -> attempt.failure() != null)
            .reduce((one, other) -> other)
            .orElseThrow();
    Consequence then = Objects.requireNonNull(last.then());
    String tries =
        report.attempts().stream()
            .filter(attempt -> attempt.failure() != null)
            .map(attempt -> then(attempt))
            .distinct()
            .collect(Collectors.joining(", then "));
    return "| %d %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            error.status(),
            error.code(),
            error.message(),
            Objects.requireNonNull(last.failure()).kind(),
            tries,
            rests(then),
            report.servedBy().map(Target::name).orElse("nobody: the caller gets the error"));
  }

  private static String then(AttemptReport attempt) {
    return Objects.requireNonNull(attempt.then())
        .next()
        .name()
        .toLowerCase(Locale.ROOT)
        .replace('_', ' ');
  }

  private static String rests(Consequence then) {
    if (then.rests() == FailureDomain.NONE) {
      return then.breaker() ? "nothing; its breaker counts it" : "nothing";
    }
    return then.rests().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " for "
        + then.rest().toSeconds()
        + " s";
  }
}
