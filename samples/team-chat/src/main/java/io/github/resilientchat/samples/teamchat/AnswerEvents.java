package io.github.resilientchat.samples.teamchat;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;

/**
 * An answer as a page reads it: its parts, then one event that says that it is whole. One that
 * breaks ends with the library's event {@code error} instead, and one that was cut off with
 * neither.
 */
final class AnswerEvents {

  private static final String ONE_FOR_ALL = "1";

  private AnswerEvents() {}

  /** In JSON, since a line break would end the line, and browsers take the first space away. */
  record Part(String text) {}

  /**
   * The answer as events.
   *
   * @param seen the id of an event that the client has seen: a browser's {@code EventSource} that
   *     connects again by itself. It is told to stop, or it would ask, and somebody pay, again.
   */
  static ResponseEntity<Flux<ServerSentEvent<Part>>> of(
      @Nullable String seen, Flux<String> answer) {
    if (seen != null) {
      return ResponseEntity.noContent().build();
    }
    return ResponseEntity.ok(
        answer
            .map(text -> ServerSentEvent.builder(new Part(text)).id(ONE_FOR_ALL).build())
            .concatWithValues(ServerSentEvent.builder(new Part("")).event("end").build()));
  }
}
