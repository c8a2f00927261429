package io.github.resilientchat.autoconfigure.web;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A response whose stream, once it has begun, ends with the problem as an event. */
final class EndedStream extends ServerHttpResponseDecorator {

  private final ServerWebExchange exchange;
  private final EdgeAnswers answers;

  EndedStream(ServerWebExchange exchange, EdgeAnswers answers) {
    super(exchange.getResponse());
    this.exchange = exchange;
    this.answers = answers;
  }

  @Override
  public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
    Flux<Publisher<? extends DataBuffer>> parts = Flux.from(body);
    return super.writeAndFlushWith(parts.onErrorResume(this::last));
  }

  private Flux<Publisher<? extends DataBuffer>> last(Throwable error) {
    if (!isBegunStream()) {
      return Flux.error(error);
    }
    return ReactiveAnswer.problem(answers, error, exchange)
        .<Publisher<? extends DataBuffer>>map(problem -> ReactiveAnswer.body(problem.event(), this))
        .flux();
  }

  private boolean isBegunStream() {
    @Nullable MediaType type = getHeaders().getContentType();
    return isCommitted() && type != null && MediaType.TEXT_EVENT_STREAM.isCompatibleWith(type);
  }
}
