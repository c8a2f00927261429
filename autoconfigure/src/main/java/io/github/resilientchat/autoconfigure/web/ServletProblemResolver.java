package io.github.resilientchat.autoconfigure.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Answers what nobody else has: what functional endpoints end with, and prompts that a model
 * refused, whose errors are the model's own.
 */
final class ServletProblemResolver implements HandlerExceptionResolver, Ordered {

  private final EdgeAnswers answers;

  ServletProblemResolver(EdgeAnswers answers) {
    this.answers = answers;
  }

  /** After Spring MVC's own. */
  @Override
  public int getOrder() {
    return 100;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception error) {
    Optional<EdgeProblem> problem = answers.answerTo(error, request.getUserPrincipal() != null);
    boolean begun = ServletAnswer.isBegunStream(response);
    if (problem.isEmpty() || response.isCommitted() && !begun) {
      return null;
    }
    try {
      if (begun) {
        ServletAnswer.end(problem.get(), response);
      } else {
        ServletAnswer.write(problem.get(), response);
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    return new ModelAndView();
  }
}
