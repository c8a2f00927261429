package io.github.resilientchat.compatibility.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilientchat.autoconfigure.route.ConfiguredRoutes;
import io.github.resilientchat.core.Caller;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.ModelCall;
import io.github.resilientchat.core.TokenEstimate;
import io.github.resilientchat.core.Usage;
import io.github.resilientchat.core.adapter.Attempt;
import io.github.resilientchat.core.adapter.GiveUp;
import io.github.resilientchat.core.adapter.Router;
import io.github.resilientchat.core.adapter.Step;
import io.github.resilientchat.core.engine.Engine;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Problems, headers and signed-in callers, by the jar that Spring Boot 3 has too. */
class EdgeOnSpring7Test {

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @RestController
    static class Endpoints {

      private final Router router;
      private final CallerResolver callers;

      Endpoints(
          Engine engine,
          ConfiguredRoutes routes,
          @Qualifier("resilientCallers") CallerResolver callers) {
        this.router = engine.router(routes.all().get(0));
        this.callers = callers;
      }

      private String ask() {
        Caller caller = callers.resolve().orElse(Caller.ANONYMOUS);
        ModelCall call = ModelCall.blocking(caller, new TokenEstimate(10, 10));
        Step step = router.begin(EdgeRequest.serve(call, "chat", Duration.ofMinutes(1)));
        if (step instanceof GiveUp refused) {
          throw new CompletionException(refused.reason());
        }
        ((Attempt) step).completed(Usage.of(10, 10));
        return String.valueOf(caller.user());
      }

      @GetMapping("/ask")
      Mono<String> answer() {
        return Mono.fromCallable(this::ask).subscribeOn(Schedulers.boundedElastic());
      }

      @GetMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
      Flux<String> stream() {
        return answer().concatWith(answer()).concatWith(answer());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void signedInUsersSeeWhatIsLeftAndWhyTheyAreRefused(Server server) throws Exception {
    try (ConfigurableApplicationContext application =
        server.start(Application.class, "resilient.quotas.default.limits=2rpm")) {
      HttpResponse<String> first = Server.get(application, "/ask");
      assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
      assertThat(first.body()).isEqualTo("alice");
      assertThat(first.headers().firstValue("RateLimit")).hasValue("\"user-rpm\";r=1");

      HttpResponse<String> broken = Server.get(application, "/stream");
      assertThat(broken.statusCode()).isEqualTo(200);
      assertThat(broken.body()).contains("data:alice").contains("event:error", "\"status\":429");

      HttpResponse<String> refused = Server.get(application, "/ask");
      assertThat(refused.statusCode()).as(refused.body()).isEqualTo(429);
      assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.headers().firstValue("Retry-After")).isPresent();
      assertThat(refused.body()).contains("\"violated-policies\":[\"user-rpm\"]");
      assertThat(Server.get(application, "/stream").statusCode()).isEqualTo(429);
    }
  }
}
