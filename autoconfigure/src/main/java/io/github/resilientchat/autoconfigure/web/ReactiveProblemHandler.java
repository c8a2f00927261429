package io.github.resilientchat.autoconfigure.web;

import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/**
 * Answers what nobody else has: what functional endpoints and filters end with, and prompts that a
 * model refused, whose errors are the model's own.
 */
final class ReactiveProblemHandler implements WebExceptionHandler, Ordered {

  private final EdgeAnswers answers;

  ReactiveProblemHandler(EdgeAnswers answers) {
    this.answers = answers;
  }

  /** Before Spring Boot's own, which answers everything. */
  @Override
  public int getOrder() {
    return -2;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
    if (exchange.getResponse().isCommitted()) {
      return Mono.error(error);
    }
    return ReactiveAnswer.problem(answers, error, exchange)
        .flatMap(problem -> ReactiveAnswer.write(problem, exchange.getResponse()));
  }
}
