package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.core.report.CallStoppedException;
import io.github.resilientchat.core.report.InvalidCallerException;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.core.report.UnknownRouteException;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Answers what WebFlux's controllers end with, however deep it is wrapped. A controller's own
 * handler comes before it, and advice of a higher precedence.
 */
@RestControllerAdvice
@Order(0)
final class ReactiveProblemAdvice {

  private final EdgeAnswers answers;

  ReactiveProblemAdvice(EdgeAnswers answers) {
    this.answers = answers;
  }

  @ExceptionHandler({
    RoutingException.class,
    CallStoppedException.class,
    UnknownRouteException.class,
    InvalidCallerException.class
  })
  Mono<ResponseEntity<ProblemDetail>> answer(Throwable error, ServerWebExchange exchange) {
    return ReactiveAnswer.problem(answers, error, exchange).map(SpringProblem::of);
  }
}
