package io.github.resilientchat.autoconfigure.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes problems to servlet responses. */
final class ServletAnswer {

  private ServletAnswer() {}

  /** The whole response. */
  static void write(EdgeProblem problem, HttpServletResponse response) throws IOException {
    response.setStatus(problem.status());
    response.setContentType(EdgeProblem.JSON_TYPE);
    problem.headers().forEach(response::setHeader);
    send(problem.json(), response);
  }

  /** Whether the response is a stream that has begun, whose last event may be the problem. */
  static boolean isBegunStream(HttpServletResponse response) {
    @Nullable String type = response.getContentType();
    return response.isCommitted() && type != null && type.startsWith("text/event-stream");
  }

  /** The stream's last event. */
  static void end(EdgeProblem problem, HttpServletResponse response) throws IOException {
    send(problem.event(), response);
  }

  private static void send(String text, HttpServletResponse response) throws IOException {
    OutputStream out = response.getOutputStream();
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
