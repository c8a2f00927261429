package io.github.resilientchat.autoconfigure.web;

import io.github.resilientchat.autoconfigure.identity.ProxyHeaders;
import io.github.resilientchat.core.CallerResolver;
import io.github.resilientchat.core.EdgeRequest;
import io.github.resilientchat.core.Ticker;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Begins what calls know of the request that they serve, and puts it in the Reactor context. After
 * Spring Security's filters, which it asks once.
 */
final class EdgeWebFilter implements WebFilter, Ordered {

  private final Mono<CallerResolver> signedIn;
  private final @Nullable ProxyHeaders proxies;
  private final WebProperties properties;
  private final QuotaHeaders quotas;
  private final EdgeAnswers answers;
  private final Ticker ticker;

  EdgeWebFilter(
      Mono<CallerResolver> signedIn,
      @Nullable ProxyHeaders proxies,
      WebProperties properties,
      QuotaHeaders quotas,
      EdgeAnswers answers,
      Ticker ticker) {
    this.signedIn = signedIn;
    this.proxies = proxies;
    this.properties = properties;
    this.quotas = quotas;
    this.answers = answers;
    this.ticker = ticker;
  }

  @Override
  public int getOrder() {
    return -90;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    Function<String, List<String>> values = name -> values(exchange.getRequest(), name);
    AskedTerms asked;
    try {
      asked = AskedTerms.in(values, properties.requestHeaders());
    } catch (InvalidRequestHeaderException invalid) {
      return ReactiveAnswer.write(FailureAnswers.invalid(invalid), exchange.getResponse());
    }
    CallerResolver named =
        proxies == null ? Optional::empty : proxies.sender(peer(exchange.getRequest()), values);
    return signedIn
        .defaultIfEmpty(Optional::empty)
        .map(user -> CallerResolver.firstOf(List.of(user, named)))
        .map(sender -> EdgeRequest.begin(sender, asked.timeLimit(), asked.terms(), ticker))
        .flatMap(served -> serve(served, exchange, chain));
  }

  private Mono<Void> serve(EdgeRequest served, ServerWebExchange exchange, WebFilterChain chain) {
    ServerWebExchange told = exchange;
    if (properties.enabled()) {
      exchange
          .getResponse()
          .beforeCommit(() -> Mono.fromRunnable(() -> say(served, exchange.getResponse())));
      told = exchange.mutate().response(new EndedStream(exchange, answers)).build();
    }
    return chain.filter(told).contextWrite(context -> context.put(EdgeRequest.KEY, served));
  }

  /** What is left; a problem says its own. */
  private void say(EdgeRequest served, ServerHttpResponse response) {
    served
        .lastCall()
        .map(quotas::after)
        .orElse(Map.of())
        .forEach(
            (name, value) -> {
              if (response.getHeaders().getFirst(name) == null) {
                response.getHeaders().set(name, value);
              }
            });
  }

  /**
   * By what the headers of Spring 6, which are a map, and those of 7, which are none, both have.
   */
  private static List<String> values(ServerHttpRequest request, String name) {
    List<String> found = new ArrayList<>();
    request
        .getHeaders()
        .forEach(
            (header, values) -> {
              if (header.equalsIgnoreCase(name)) {
                found.addAll(values);
              }
            });
    return found;
  }

  private static java.net.@Nullable InetAddress peer(ServerHttpRequest request) {
    InetSocketAddress remote = request.getRemoteAddress();
    return remote == null ? null : remote.getAddress();
  }
}
