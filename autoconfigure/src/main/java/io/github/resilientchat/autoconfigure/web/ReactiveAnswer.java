package io.github.resilientchat.autoconfigure.web;

import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Writes problems to reactive responses. */
final class ReactiveAnswer {

  private ReactiveAnswer() {}

  /** The whole response. */
  static Mono<Void> write(EdgeProblem problem, ServerHttpResponse response) {
    response.setStatusCode(HttpStatusCode.valueOf(problem.status()));
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    problem.headers().forEach(response.getHeaders()::set);
    return response.writeWith(body(problem.json(), response));
  }

  /**
   * The problem, on a thread that nobody interrupts. A {@code Mono.fromCallable} on another
   * scheduler that fails at once, as refusals do, may be cancelled by the thread that subscribed
   * just when its own thread writes the answer, which Tomcat then gives up.
   */
  static Mono<EdgeProblem> problem(
      EdgeAnswers answers, Throwable error, ServerWebExchange exchange) {
    return exchange
        .getPrincipal()
        .hasElement()
        .flatMap(signedIn -> Mono.justOrEmpty(answers.answerTo(error, signedIn)))
        .publishOn(Schedulers.parallel())
        .switchIfEmpty(Mono.error(error));
  }

  static Mono<DataBuffer> body(String text, ServerHttpResponse response) {
    return Mono.fromSupplier(
        () -> response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8)));
  }
}
