package io.github.resilientchat.autoconfigure.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.simulator.Fault;
import jakarta.servlet.AsyncContext;
import java.io.InputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

/** What an application may choose of what its clients see. */
class EdgeChoicesTest {

  private static final String ONE_CALL = "resilient.quotas.plans.few.limits=1rpm";
  private static final String OF_CAROL = "resilient.quotas.plans.few.users=carol";

  private static final List<String> WAYS =
      List.of("/spring/mono", "/spring/stream", "/langchain4j/blocking", "/langchain4j/stream");

  /** On servlets and on Netty. */
  @Retention(RetentionPolicy.RUNTIME)
  @ParameterizedTest
  @EnumSource(value = WebApplicationType.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  @interface OnEachServer {}

  private static Optional<String> header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name);
  }

  @OnEachServer
  void headersMayBeThoseOfOldLimiters(WebApplicationType type) throws Exception {
    try (EdgeServer server =
        EdgeServer.start(type, ONE_CALL, OF_CAROL, "resilient.quotas.headers=legacy")) {
      for (String path : new String[] {"/spring/mono", "/spring/stream"}) {
        HttpResponse<String> answer = server.get(path, "alice");

        assertThat(header(answer, "X-RateLimit-Limit-Requests")).as(path).hasValue("1000");
        assertThat(header(answer, "X-RateLimit-Remaining-Requests"))
            .hasValueSatisfying(left -> assertThat(left).matches("99[89]"));
        assertThat(header(answer, "X-RateLimit-Limit-Tokens")).hasValue("10000000");
        assertThat(header(answer, "X-RateLimit-Remaining-Tokens"))
            .hasValueSatisfying(left -> assertThat(left).matches("9\\d{6}"));
        assertThat(header(answer, "RateLimit")).isEmpty();
        assertThat(header(answer, "RateLimit-Policy")).isEmpty();
      }
      assertThat(server.get("/spring/mono", "carol").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = server.get("/spring/mono", "carol");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isPresent();
      assertThat(header(refused, "X-RateLimit-Limit-Requests")).hasValue("1");
      assertThat(header(refused, "X-RateLimit-Remaining-Requests")).hasValue("0");
      assertThat(header(refused, "RateLimit")).isEmpty();
    }
  }

  @OnEachServer
  void headersMayBeOffAndRefusalsSayAllTheSameWhenToComeBack(WebApplicationType type)
      throws Exception {
    try (EdgeServer server =
        EdgeServer.start(type, ONE_CALL, OF_CAROL, "resilient.quotas.headers=off")) {
      HttpResponse<String> first = server.get("/spring/mono", "carol");
      HttpResponse<String> refused = server.get("/spring/mono", "carol");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(header(refused, "Retry-After")).isPresent();
      for (HttpResponse<String> answer : List.of(first, refused)) {
        assertThat(answer.headers().map().keySet())
            .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("ratelimit"));
      }
    }
  }

  @OnEachServer
  void aCallThatItsPlanSentOverAnotherRouteSaysSo(WebApplicationType type) throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            type,
            ONE_CALL,
            OF_CAROL,
            "resilient.quotas.plans.few.routes=chat",
            "resilient.quotas.plans.few.on-exceeded=route:cheap",
            "resilient.routes.cheap.targets=us.anthropic.claude-haiku-4-5-20251001-v1:0",
            "resilient.default-route=chat",
            "resilient.web.request-headers=fallbacks")) {
      HttpResponse<String> first = server.get("/spring/mono", "carol");
      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      assertThat(header(first, "Resilient-Route")).isEmpty();

      for (String path : WAYS) {
        HttpResponse<String> other = server.get(path, "carol");
        assertThat(other.statusCode()).as(path + other.body()).isEqualTo(200);
        assertThat(header(other, "Resilient-Route")).hasValue("cheap;instead-of=chat");
        assertThat(header(other, "RateLimit-Policy"))
            .as("of the route that answered")
            .hasValueSatisfying(policy -> assertThat(policy).contains("\"user-rpm\";q=1000"));
      }
      assertThat(server.reports().get(3).route()).isEqualTo("cheap");
      assertThat(server.reports().get(3).insteadOf()).isEqualTo("chat");
      // Who forbids fallbacks forbids this one too.
      assertThat(server.get("/spring/mono", "carol", "Resilient-Fallbacks", "off").statusCode())
          .isEqualTo(429);
    }
  }

  @OnEachServer
  void aCallThatTheOtherRouteRefusesTooIsOfTheRouteThatWasAskedFor(WebApplicationType type)
      throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            type,
            ONE_CALL,
            OF_CAROL,
            "resilient.quotas.plans.few.on-exceeded=route:cheap",
            "resilient.routes.cheap.targets=us.anthropic.claude-haiku-4-5-20251001-v1:0",
            "resilient.default-route=chat")) {
      assertThat(server.get("/spring/mono", "carol").statusCode()).isEqualTo(200);
      for (String path : WAYS) {
        HttpResponse<String> refused = server.get(path, "carol");
        assertThat(refused.statusCode()).as(path + refused.body()).isEqualTo(429);
        assertThat(header(refused, "Resilient-Route")).as(path).isEmpty();
      }
    }
  }

  @OnEachServer
  void anApplicationsOwnAnswersReplaceOurs(WebApplicationType type) throws Exception {
    try (EdgeServer server = EdgeServer.startWith(Teapot.class, type, ONE_CALL, OF_CAROL)) {
      assertThat(server.application().getBeansOfType(EdgeAnswers.class)).hasSize(1);
      assertThat(server.get("/spring/mono", "carol").statusCode()).isEqualTo(200);
      for (String path :
          new String[] {"/spring/mono", "/spring/stream", "/langchain4j/stream", "/wrapped"}) {
        HttpResponse<String> refused = server.get(path, "carol");
        assertThat(refused.statusCode()).as(path + refused.body()).isEqualTo(418);
        assertThat(refused.body()).contains("\"title\":\"Out of tea\"");
        assertThat(header(refused, "X-Kettle")).hasValue("empty");
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Teapot {

    @Bean
    EdgeAnswers ownAnswers() {
      return (error, signedIn) ->
          Optional.of(
              new EdgeProblem(
                  418,
                  "about:blank",
                  "Out of tea",
                  "Later.",
                  Map.of(),
                  Map.of("X-Kettle", "empty")));
    }
  }

  @OnEachServer
  void nothingIsSaidWhereTheEdgeIsSwitchedOff(WebApplicationType type) throws Exception {
    try (EdgeServer server =
        EdgeServer.start(type, ONE_CALL, OF_CAROL, "resilient.web.enabled=false")) {
      HttpResponse<String> first = server.get("/spring/mono", "carol");
      HttpResponse<String> refused = server.get("/spring/mono", "carol");

      assertThat(first.statusCode()).isEqualTo(200);
      assertThat(header(first, "RateLimit")).isEmpty();
      assertThat(refused.statusCode()).isEqualTo(500);
      assertThat(server.reports().get(0).caller().user()).isEqualTo("carol");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anApplicationsOwnEventsOpenBeforeTheFirstOneOnServlets(boolean edge) throws Exception {
    try (EdgeServer server =
        EdgeServer.start(WebApplicationType.SERVLET, "resilient.web.enabled=" + edge)) {
      HttpResponse<InputStream> open =
          server
              .http()
              .sendAsync(server.request("/own-events", "alice"), BodyHandlers.ofInputStream())
              .get(30, TimeUnit.SECONDS);
      assertThat(open.statusCode()).isEqualTo(200);

      AsyncContext listener =
          server.application().getBean(EdgeApplication.Servlets.OwnEvents.class).listeners.take();
      listener.getResponse().getOutputStream().write("data:news\n\n".getBytes(UTF_8));
      listener.complete();
      try (InputStream body = open.body()) {
        assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("data:news\n\n");
      }
    }
  }

  @OnEachServer
  void anApplicationsOwnSourceComesBeforeSpringSecurity(WebApplicationType type) throws Exception {
    try (EdgeServer server = EdgeServer.startWith(OwnSource.class, type)) {
      for (String path : new String[] {"/spring/mono", "/spring/stream", "/langchain4j/stream"}) {
        assertThat(server.get(path, "alice").statusCode()).as(path).isEqualTo(200);
      }
      assertThat(server.reports())
          .hasSize(3)
          .extracting(report -> report.caller().user())
          .containsOnly("badge-17");
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnSource {

    @Bean
    CallerResolver badges() {
      return () -> Optional.of(Caller.user("badge-17"));
    }
  }

  /** It decides what tasks know, so that the one that it forgot is refused. */
  @OnEachServer
  void anApplicationsOwnTaskDecoratorReplacesOurs(WebApplicationType type) throws Exception {
    try (EdgeServer server = EdgeServer.startWith(OwnDecorator.class, type)) {
      assertThat(server.application().getBeansOfType(TaskDecorator.class)).hasSize(1);
      assertThat(server.get("/async", "alice").statusCode()).isEqualTo(403);
      assertThat(server.get("/carried", "alice").statusCode()).isEqualTo(200);
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnDecorator {

    @Bean
    TaskDecorator ownDecorator() {
      return task -> task::run;
    }
  }

  @OnEachServer
  void aRequestMayNameItsSessionWhichStaysOnOneTarget(WebApplicationType type) throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            type,
            "resilient.routes.chat.targets=us.anthropic.claude-sonnet-4-6@us-east-1,"
                + " us.anthropic.claude-sonnet-4-6@us-west-2",
            "resilient.routes.chat.strategy=sticky",
            "resilient.web.request-headers=session")) {
      Set<String> all = new HashSet<>();
      for (int session = 0; session < 12; session++) {
        server.reports().clear();
        for (String path : new String[] {"/spring/mono", "/spring/stream", "/spring/mono"}) {
          assertThat(server.get(path, "alice", "Resilient-Session", "s-" + session).statusCode())
              .isEqualTo(200);
        }
        Set<String> served = new HashSet<>();
        server.reports().forEach(call -> served.add(call.servedBy().orElseThrow().name()));
        assertThat(served).hasSize(1);
        all.addAll(served);
      }
      assertThat(all).hasSize(2);
    }
  }

  @OnEachServer
  void callsOverAPlansLimitMayWaitInLine(WebApplicationType type) throws Exception {
    try (EdgeServer server =
        EdgeServer.start(
            type,
            "resilient.quotas.plans.few.limits=1par",
            OF_CAROL,
            "resilient.quotas.plans.few.on-exceeded=wait",
            "resilient.quotas.plans.few.max-wait=40s")) {
      // While the first is slow, the others are over the limit.
      server.bedrock().fault(Fault.latency(Duration.ofSeconds(2)).times(1));
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      answers.add(ask(server, WAYS.get(0)));
      server.bedrock().awaitOpen(1, Duration.ofMinutes(1));
      WAYS.forEach(path -> answers.add(ask(server, path)));

      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(200);
      }
      assertThat(server.reports()).hasSize(5);
    }
  }

  private static CompletableFuture<HttpResponse<String>> ask(EdgeServer server, String path) {
    return server.http().sendAsync(server.request(path, "carol"), BodyHandlers.ofString());
  }
}
