package io.github.resilientchat.autoconfigure.web;

import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Problems as Spring writes them. */
final class SpringProblem {

  private SpringProblem() {}

  static ResponseEntity<ProblemDetail> of(EdgeProblem problem) {
    ProblemDetail detail = ProblemDetail.forStatus(problem.status());
    detail.setType(URI.create(problem.type()));
    detail.setTitle(problem.title());
    detail.setDetail(problem.detail());
    problem.members().forEach(detail::setProperty);
    // Said here, because a handler may have said that it would stream.
    ResponseEntity.BodyBuilder answer =
        ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON);
    problem.headers().forEach(answer::header);
    return answer.body(detail);
  }
}
