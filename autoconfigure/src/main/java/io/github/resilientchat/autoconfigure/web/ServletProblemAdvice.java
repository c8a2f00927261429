package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.core.report.CallStoppedException;
import io.github.resilientchat.core.report.InvalidCallerException;
import io.github.resilientchat.core.report.RoutingException;
import io.github.resilientchat.core.report.UnknownRouteException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers what Spring MVC's controllers end with, however deep it is wrapped. A controller's own
 * handler comes before it, and advice of a higher precedence.
 */
@RestControllerAdvice
@Order(0)
final class ServletProblemAdvice {

  private final EdgeAnswers answers;

  ServletProblemAdvice(EdgeAnswers answers) {
    this.answers = answers;
  }

  @ExceptionHandler({
    RoutingException.class,
    CallStoppedException.class,
    UnknownRouteException.class,
    InvalidCallerException.class
  })
  @Nullable ResponseEntity<ProblemDetail> answer(
      Throwable error, HttpServletRequest request, HttpServletResponse response) throws Throwable {
    EdgeProblem problem =
        answers.answerTo(error, request.getUserPrincipal() != null).orElseThrow(() -> error);
    if (!response.isCommitted()) {
      return SpringProblem.of(problem);
    }
    if (!ServletAnswer.isBegunStream(response)) {
      throw error;
    }
    ServletAnswer.end(problem, response);
    return null;
  }
}
